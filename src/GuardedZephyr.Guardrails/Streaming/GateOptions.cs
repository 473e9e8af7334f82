namespace GuardedZephyr.Guardrails;

/// <summary>How the gate cuts a reply into segments. Lengths are in UTF-16 code units.</summary>
public sealed record GateOptions
{
    /// <summary>A sentence end closes a segment only from this length on: list marks and short sentences are judged together.</summary>
    public int MinSegment { get; init; } = 40;

    /// <summary>A segment without a sentence end closes here, at white space where there is some.</summary>
    public int MaxSegment { get; init; } = 240;

    /// <summary>How much of the reply before a segment's end detectors of whole texts are shown with it.</summary>
    public int Context { get; init; } = 2_000;

    /// <summary>More than this is never held: a reply that cannot be judged within it is not released.</summary>
    public int MaxHold { get; init; } = 4_096;
}
