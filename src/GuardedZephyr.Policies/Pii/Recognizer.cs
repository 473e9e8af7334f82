using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>Finds one entity by patterns, a validator and context words. Thread-safe.</summary>
internal sealed class Recognizer
{
    private readonly SearchValues<string>? _literals;

    public required string Entity { get; init; }

    public required IReadOnlyList<RecognizerPattern> Patterns { get; init; }

    /// <summary>No pattern matches more characters of the surface than this.</summary>
    public required int LongestMatch { get; init; }

    public Validator? Validator { get; init; }

    public ContextWords Context { get; init; } = ContextWords.None;

    /// <summary>Words that make a candidate less likely when none of <see cref="Context"/> stands near it; what a validator proved stays.</summary>
    public ContextWords NegativeContext { get; init; } = ContextWords.None;

    /// <summary>Texts of which one stands, in any case, in every finding or within <see cref="ContextWords.WindowCharacters"/> of it; null when none need.</summary>
    public IReadOnlyList<string>? Literals
    {
        get;
        init
        {
            field = value;
            _literals = value is null ? null : SearchValues.Create([.. value], StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Digits that every finding holds at least.</summary>
    public int MinDigits { get; init; }

    /// <summary>Characters without white space that stand in a row in every finding, at least.</summary>
    public int MinRun { get; init; }

    /// <summary>Characters of which every finding holds at least one; null when any will do.</summary>
    public SearchValues<char>? Contains { get; init; }

    /// <summary>
    /// Adds every candidate that a pattern gives in a part of the text. There may be a match at each place, so a candidate that is dropped hides none that
    /// starts inside it, and what is found at a place depends only on the text around that place.
    /// </summary>
    public void Collect(RecognizerPattern pattern, PatternRegion region, in SurfaceScan scan, int rank, ref List<Candidate>? candidates, CancellationToken cancellationToken)
    {
        using var matches = pattern.Search(scan.Text, region.FirstStart(pattern.Length.Max), region.Last);
        while (matches.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (matches.Value.Length > 0 && Judge(pattern, in scan, matches.Value.Start, matches.Value.Length).ToCandidate(Entity, rank) is { } candidate)
            {
                (candidates ??= []).Add(candidate);
            }
        }
    }

    /// <summary>Every match that <see cref="Collect"/> looks at, with what it comes to and why.</summary>
    public IReadOnlyList<Assessment> Explain(RecognizerPattern pattern, PatternRegion region, in SurfaceScan scan)
    {
        var explained = new List<Assessment>();
        using var matches = pattern.Search(scan.Text, region.FirstStart(pattern.Length.Max), region.Last);
        while (matches.MoveNext())
        {
            if (matches.Value.Length > 0)
            {
                explained.Add(Judge(pattern, in scan, matches.Value.Start, matches.Value.Length));
            }
        }

        return explained;
    }

    /// <returns>Null when the prefilters let the value pass.</returns>
    public PrefilterMiss? MissedBy(string value)
    {
        var digits = DigitsIn(value);
        var lacksCharacter = Contains is not null && !value.AsSpan().ContainsAny(Contains);
        return digits < MinDigits || lacksCharacter ? new PrefilterMiss(Entity, MinDigits, digits, lacksCharacter) : null;
    }

    /// <param name="start">In the scanned text, as <paramref name="length"/>, which is at least 1.</param>
    private Assessment Judge(RecognizerPattern pattern, in SurfaceScan scan, int start, int length)
    {
        var value = scan.Text.AsSpan(start, length);
        var assessment = Assessment.Of(scan.SurfaceSpan(start, length), pattern.Score);
        if (DigitsIn(value) < MinDigits)
        {
            return assessment with { Rejection = PiiRejection.TooFewDigits };
        }

        if (Contains is not null && !value.ContainsAny(Contains))
        {
            return assessment with { Rejection = PiiRejection.LacksCharacter };
        }

        if (MinRun > 1 && LongestRunIn(value) < MinRun)
        {
            return assessment with { Rejection = PiiRejection.RunTooShort };
        }

        var validation = Validator is null ? Validation.Undecided(value) : Validator(value);
        assessment = assessment with { Validity = Validator is null ? null : validation.Validity };
        if (validation.Validity == Validity.Invalid)
        {
            return assessment with { Rejection = PiiRejection.Invalid };
        }

        var score = validation.Validity == Validity.Valid ? 1 : pattern.Score;
        var span = scan.SurfaceSpan(start, validation.Length);
        var end = span.Start + span.Length;
        assessment = assessment with { Length = span.Length, Score = score };
        if (!HasLiteralNear(scan.Surface, span.Start, end))
        {
            return assessment with { Rejection = PiiRejection.LacksLiteral };
        }

        if ((pattern.NeedsContext || score < 1) && Context.Supporting(scan.Surface, span.Start, end) is { } context)
        {
            return assessment with { Score = ContextWords.Lift(score), Context = context };
        }

        if (pattern.NeedsContext)
        {
            return assessment with { Rejection = PiiRejection.NeedsContext };
        }

        return score < 1 && NegativeContext.Supporting(scan.Surface, span.Start, end) is { } against
            ? assessment with { Score = ContextWords.Lower(score), NegativeContext = against }
            : assessment;
    }

    private bool HasLiteralNear(string surface, int start, int end)
    {
        if (_literals is null)
        {
            return true;
        }

        var from = Math.Max(0, start - ContextWords.WindowCharacters);
        var to = Math.Min(surface.Length, end + ContextWords.WindowCharacters);
        return surface.AsSpan(from, to - from).ContainsAny(_literals);
    }

    private static int LongestRunIn(ReadOnlySpan<char> value)
    {
        var (longest, length) = (0, 0);
        foreach (var character in value)
        {
            length = character > ' ' ? length + 1 : 0;
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static int DigitsIn(ReadOnlySpan<char> value)
    {
        var digits = 0;
        foreach (var character in value)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return digits;
    }
}
