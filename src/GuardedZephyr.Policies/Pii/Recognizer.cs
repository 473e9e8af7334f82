using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>Finds one entity by patterns, a validator and context words. Thread-safe.</summary>
internal sealed class Recognizer
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public required string Entity { get; init; }

    public required IReadOnlyList<RecognizerPattern> Patterns { get; init; }

    /// <summary>No pattern matches more characters of the surface than this.</summary>
    public required int LongestMatch { get; init; }

    public Validator? Validator { get; init; }

    public ContextWords Context { get; init; } = ContextWords.None;

    /// <summary>Words that make a candidate less likely when none of <see cref="Context"/> stands near it; what a validator proved stays.</summary>
    public ContextWords NegativeContext { get; init; } = ContextWords.None;

    /// <summary>Texts of which the searched text holds at least one, in any case; null when it need not.</summary>
    public SearchValues<string>? Literals { get; init; }

    /// <summary>Digits that every finding holds at least.</summary>
    public int MinDigits { get; init; }

    /// <summary>Characters of which every finding holds at least one; null when any will do.</summary>
    public SearchValues<char>? Contains { get; init; }

    /// <summary>
    /// Adds every candidate of the surface. After a match at s the search goes on at s + 1, so a candidate that is dropped hides none
    /// that starts inside it, and what is found at a place depends only on the text around that place.
    /// </summary>
    public void Collect(string surface, int rank, List<Candidate> candidates, CancellationToken cancellationToken)
    {
        if (!MayHold(surface) || (Literals is not null && !surface.AsSpan().ContainsAny(Literals)))
        {
            return;
        }

        foreach (var pattern in Patterns)
        {
            for (var start = 0; TryMatch(pattern, surface, start, out var match); start = match.Start + 1)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Judge(pattern, surface, match.ValueStart, match.ValueLength).ToCandidate(Entity, rank) is { } candidate)
                {
                    candidates.Add(candidate);
                }
            }
        }
    }

    /// <summary>Every match that <see cref="Collect"/> looks at and those that its prefilters spare it, each with what it comes to and why.</summary>
    public IEnumerable<(RecognizerPattern Pattern, Assessment Assessment)> Explain(string surface)
    {
        var lacksLiteral = Literals is not null && !surface.AsSpan().ContainsAny(Literals);
        foreach (var pattern in Patterns)
        {
            for (var start = 0; TryMatch(pattern, surface, start, out var match); start = match.Start + 1)
            {
                if (match.ValueLength > 0)
                {
                    var assessment = Judge(pattern, surface, match.ValueStart, match.ValueLength);
                    yield return (pattern, lacksLiteral && assessment.Rejection is null ? assessment with { Rejection = PiiRejection.LacksLiteral } : assessment);
                }
            }
        }
    }

    /// <returns>Null when the prefilters let the value pass.</returns>
    public PrefilterMiss? MissedBy(string value) =>
        MayHold(value) ? null : new PrefilterMiss(Entity, MinDigits, value.Count(char.IsAsciiDigit), LacksCharacter: Contains is not null && !value.AsSpan().ContainsAny(Contains));

    private static bool TryMatch(RecognizerPattern pattern, string surface, int start, out (int Start, int ValueStart, int ValueLength) found)
    {
        found = default;
        if (pattern.HasValueGroup)
        {
            var match = pattern.Regex.Match(surface, start);
            var value = match.Groups[RecognizerPattern.ValueGroup] is { Success: true } group ? group : match;
            found = (match.Index, value.Index, value.Length);
            return match.Success;
        }

        foreach (var match in pattern.Regex.EnumerateMatches(surface, start))
        {
            found = (match.Index, match.Index, match.Length);
            return true;
        }

        return false;
    }

    private Assessment Judge(RecognizerPattern pattern, string surface, int start, int length)
    {
        var value = surface.AsSpan(start, length);
        var assessment = new Assessment { Start = start, Length = length, Score = pattern.Score };
        if (value.IsEmpty || !MayHold(value))
        {
            return assessment with { Rejection = HasDigits(value, MinDigits) ? PiiRejection.LacksCharacter : PiiRejection.TooFewDigits };
        }

        var validation = Validator is null ? Validation.Undecided(value) : Validator(value);
        assessment = assessment with { Validity = Validator is null ? null : validation.Validity };
        if (validation.Validity == Validity.Invalid)
        {
            return assessment with { Rejection = PiiRejection.Invalid };
        }

        var score = validation.Validity == Validity.Valid ? 1 : pattern.Score;
        var end = start + validation.Length;
        assessment = assessment with { Length = validation.Length, Score = score };
        if ((pattern.NeedsContext || score < 1) && Context.Supporting(surface, start, end) is { } context)
        {
            return assessment with { Score = ContextWords.Lift(score), Context = context };
        }

        if (pattern.NeedsContext)
        {
            return assessment with { Rejection = PiiRejection.NeedsContext };
        }

        return score < 1 && NegativeContext.Supporting(surface, start, end) is { } against
            ? assessment with { Score = ContextWords.Lower(score), NegativeContext = against }
            : assessment;
    }

    private bool MayHold(ReadOnlySpan<char> text) => (Contains is null || text.ContainsAny(Contains)) && HasDigits(text, MinDigits);

    private static bool HasDigits(ReadOnlySpan<char> text, int wanted)
    {
        while (wanted > 0)
        {
            var index = text.IndexOfAny(Digits);
            if (index < 0)
            {
                return false;
            }

            text = text[(index + 1)..];
            wanted--;
        }

        return true;
    }
}
