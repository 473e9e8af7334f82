namespace GuardedZephyr.Tests.Guardrails.Reliability;

internal enum FaultKind
{
    None,
    Throws,
    ThrowsCancelled,
    ThrowsLater,
    CannotJudge,
    Hangs,
    Slow,

    /// <summary>From here on: an answer, and a wrong one. The log, which gives none, just writes.</summary>
    TooLong,
    BeforeTheText,
    NotANumber,
    NoList,
}
