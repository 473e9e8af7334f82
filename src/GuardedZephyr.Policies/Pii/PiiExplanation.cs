namespace GuardedZephyr.Policies;

/// <summary>What became of one match of a recognizer's pattern, and why. Never the text itself.</summary>
public sealed record PiiExplanation
{
    public required string Entity { get; init; }

    /// <summary>Name of the pattern in its pack.</summary>
    public required string Pattern { get; init; }

    /// <summary>Offset in UTF-16 code units of the original text.</summary>
    public required int Start { get; init; }

    public required int Length { get; init; }

    /// <summary>What the pattern gives, before validator and context.</summary>
    public required double BaseScore { get; init; }

    /// <summary>Null when the match is no candidate; from 0 to 1.</summary>
    public required double? Score { get; init; }

    /// <summary>How many digits the recognizer asks for.</summary>
    public required int MinDigits { get; init; }

    /// <summary>Null when the recognizer has none.</summary>
    public required string? Validator { get; init; }

    /// <summary>Null when no validator was asked.</summary>
    public required Validity? Validity { get; init; }

    public required ContextSupport? Context { get; init; }

    public required ContextSupport? NegativeContext { get; init; }

    /// <summary>Null when the match is a finding.</summary>
    public required PiiRejection? Rejection { get; init; }

    /// <summary>The finding that covers this one, when it was <see cref="PiiRejection.Dominated"/>.</summary>
    public required Finding? DominatedBy { get; init; }

    /// <summary>Offset just behind the match.</summary>
    public int End => Start + Length;

    internal static PiiExplanation Of(GuardText text, Recognizer recognizer, RecognizerPattern pattern, Assessment assessment, Finding? dominatedBy)
    {
        var (start, length) = text.OriginalSpan(assessment.Start, assessment.Length);
        return new PiiExplanation
        {
            Entity = recognizer.Entity,
            Pattern = pattern.Name,
            Start = start,
            Length = length,
            BaseScore = pattern.Score,
            Score = assessment.Rejection is null ? assessment.Score : null,
            MinDigits = recognizer.MinDigits,
            Validator = recognizer.Validator is null ? null : Validators.NameOf(recognizer.Validator),
            Validity = assessment.Validity,
            Context = assessment.Context,
            NegativeContext = assessment.NegativeContext,
            Rejection = dominatedBy is null ? assessment.Rejection : PiiRejection.Dominated,
            DominatedBy = dominatedBy,
        };
    }
}
