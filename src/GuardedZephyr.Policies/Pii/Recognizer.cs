using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>Finds one entity by patterns, a validator and context words. Thread-safe.</summary>
internal sealed class Recognizer
{
    public required string Entity { get; init; }

    public required IReadOnlyList<RecognizerPattern> Patterns { get; init; }

    /// <summary>No pattern matches more characters of the surface than this.</summary>
    public required int LongestMatch { get; init; }

    public Validator? Validator { get; init; }

    public ContextWords Context { get; init; } = ContextWords.None;

    /// <summary>Words that make a candidate less likely when none of <see cref="Context"/> stands near it; what a validator proved stays.</summary>
    public ContextWords NegativeContext { get; init; } = ContextWords.None;

    /// <summary>Texts of which one stands, in any case, in every finding or within <see cref="ContextWords.WindowCharacters"/> of it; null when none need.</summary>
    public SearchValues<string>? Literals { get; init; }

    /// <summary>Digits that every finding holds at least.</summary>
    public int MinDigits { get; init; }

    /// <summary>Characters of which every finding holds at least one; null when any will do.</summary>
    public SearchValues<char>? Contains { get; init; }

    /// <summary>
    /// Adds every candidate of the text. After a match at s the search goes on at s + 1, so a candidate that is dropped hides none
    /// that starts inside it, and what is found at a place depends only on the text around that place.
    /// </summary>
    public void Collect(ref SurfaceScan scan, int rank, ref List<Candidate>? candidates, CancellationToken cancellationToken)
    {
        if (!scan.HasDigits(MinDigits, LongestMatch)
            || (Contains is not null && !scan.Text.AsSpan().ContainsAny(Contains))
            || (Literals is not null && !scan.Surface.AsSpan().ContainsAny(Literals)))
        {
            return;
        }

        foreach (var pattern in Patterns)
        {
            if (pattern.NeedsContext && !scan.HasContext(rank))
            {
                continue;
            }

            for (var regions = AnchoredRegions.Of(this, ref scan); regions.MoveNext();)
            {
                Collect(pattern, ref scan, regions.Start, regions.End, rank, ref candidates, cancellationToken);
            }
        }
    }

    private void Collect(
        RecognizerPattern pattern, ref SurfaceScan scan, int from, int to, int rank, ref List<Candidate>? candidates, CancellationToken cancellationToken)
    {
        while (pattern.TryFind(scan.Text, from, to, out var match, out var value))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Judge(pattern, in scan, value.Start, value.Length, rank) is { } candidate)
            {
                (candidates ??= []).Add(candidate);
            }

            from = match + 1;
        }
    }

    /// <param name="start">In the scanned text, as <paramref name="length"/>.</param>
    private Candidate? Judge(RecognizerPattern pattern, in SurfaceScan scan, int start, int length, int rank)
    {
        var value = scan.Text.AsSpan(start, length);
        if (value.IsEmpty || !HasWhatAllFindingsHave(value))
        {
            return null;
        }

        var validation = Validator is null ? Validation.Undecided(value) : Validator(value);
        if (validation.Validity == Validity.Invalid)
        {
            return null;
        }

        var span = scan.SurfaceSpan(start, validation.Length);
        var end = span.Start + span.Length;
        if (!HasLiteralNear(scan.Surface, span.Start, end))
        {
            return null;
        }

        var score = validation.Validity == Validity.Valid ? 1 : pattern.Score;
        if ((pattern.NeedsContext || score < 1) && Context.Supports(scan.Surface, span.Start, end))
        {
            score = ContextWords.Lift(score);
        }
        else if (pattern.NeedsContext)
        {
            return null;
        }
        else if (score < 1 && NegativeContext.Supports(scan.Surface, span.Start, end))
        {
            score = ContextWords.Lower(score);
        }

        return new Candidate(span.Start, span.Length, score, Entity, rank);
    }

    private bool HasLiteralNear(string surface, int start, int end)
    {
        if (Literals is null)
        {
            return true;
        }

        var from = Math.Max(0, start - ContextWords.WindowCharacters);
        var to = Math.Min(surface.Length, end + ContextWords.WindowCharacters);
        return surface.AsSpan(from, to - from).ContainsAny(Literals);
    }

    private bool HasWhatAllFindingsHave(ReadOnlySpan<char> value)
    {
        var digits = 0;
        foreach (var character in value)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return digits >= MinDigits && (Contains is null || value.ContainsAny(Contains));
    }
}
