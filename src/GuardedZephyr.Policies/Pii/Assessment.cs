namespace GuardedZephyr.Policies;

/// <summary>What a recognizer makes of one match of a pattern, with the reasons; offsets are those of the matching surface.</summary>
internal readonly record struct Assessment
{
    public required int Start { get; init; }

    /// <summary>Of the finding: a validator may have cut the match.</summary>
    public required int Length { get; init; }

    /// <summary>Of the pattern, lifted or lowered by what is said below.</summary>
    public required double Score { get; init; }

    /// <summary>Null without a validator, or when the match was dropped before it was asked.</summary>
    public Validity? Validity { get; init; }

    /// <summary>Null when none stands near, and when none was looked for.</summary>
    public ContextSupport? Context { get; init; }

    public ContextSupport? NegativeContext { get; init; }

    /// <summary>Why the match gives no candidate; null when it gives one.</summary>
    public PiiRejection? Rejection { get; init; }

    public static Assessment Of((int Start, int Length) span, double score) => new() { Start = span.Start, Length = span.Length, Score = score };

    public Candidate? ToCandidate(string entity, int rank) => Rejection is null ? new Candidate(Start, Length, Score, entity, rank) : null;
}
