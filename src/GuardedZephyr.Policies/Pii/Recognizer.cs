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
                if (Judge(pattern, surface, match.ValueStart, match.ValueLength, rank) is { } candidate)
                {
                    candidates.Add(candidate);
                }
            }
        }
    }

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

    private Candidate? Judge(RecognizerPattern pattern, string surface, int start, int length, int rank)
    {
        var value = surface.AsSpan(start, length);
        if (value.IsEmpty || !MayHold(value))
        {
            return null;
        }

        var validation = Validator is null ? Validation.Undecided(value) : Validator(value);
        if (validation.Validity == Validity.Invalid)
        {
            return null;
        }

        var score = validation.Validity == Validity.Valid ? 1 : pattern.Score;
        var end = start + validation.Length;
        if ((pattern.NeedsContext || score < 1) && Context.Supports(surface, start, end))
        {
            score = ContextWords.Lift(score);
        }
        else if (pattern.NeedsContext)
        {
            return null;
        }
        else if (score < 1 && NegativeContext.Supports(surface, start, end))
        {
            score = ContextWords.Lower(score);
        }

        return new Candidate(start, validation.Length, score, Entity, rank);
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
