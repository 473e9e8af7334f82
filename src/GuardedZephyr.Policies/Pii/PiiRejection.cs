namespace GuardedZephyr.Policies;

/// <summary>Why a match of a recognizer's pattern is no finding.</summary>
public enum PiiRejection
{
    /// <summary>It holds fewer digits than the recognizer's <c>min-digits</c>.</summary>
    TooFewDigits,

    /// <summary>It holds no character of the recognizer's <c>contains</c>.</summary>
    LacksCharacter,

    /// <summary>It holds no run without white space as long as the recognizer's <c>min-run</c>.</summary>
    RunTooShort,

    /// <summary>None of the recognizer's <c>literals</c> stands in it or near it.</summary>
    LacksLiteral,

    /// <summary>The validator dropped it: a wrong check digit, or a number that is never issued.</summary>
    Invalid,

    /// <summary>The pattern counts only beside a context word, and there is none.</summary>
    NeedsContext,

    /// <summary>It stands on the policy's allow list.</summary>
    Allowed,

    /// <summary>Another finding covers it and is at least as sure.</summary>
    Dominated,
}
