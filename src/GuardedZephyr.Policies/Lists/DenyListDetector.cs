namespace GuardedZephyr.Policies;

/// <summary>Finds the values of a policy's deny lists wherever they stand as whole words: those written down, and those known by their hash.</summary>
public sealed class DenyListDetector : IDetector
{
    private readonly PlainValues? _plain;
    private readonly HashedValues? _hashed;

    internal DenyListDetector(PlainValues? plain, HashedValues? hashed)
    {
        _plain = plain;
        _hashed = hashed;
        Entities = [.. (plain?.Entities ?? []).Concat(hashed?.Entities ?? []).Distinct()];
    }

    public string Name => "list";

    /// <summary>The longest match, and one character that tells whether its last word is whole.</summary>
    public int? Reach => Math.Max(_plain?.LongestMatch ?? 0, _hashed is null ? 0 : HashedValues.LongestMatch) + 1;

    /// <summary>The categories that this detector can find.</summary>
    public IReadOnlyList<string> Entities { get; }

    /// <summary>By offset; every value that stands there, also one inside another.</summary>
    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var matches = new List<ListMatch>();
        _plain?.Collect(text.Surface, matches, cancellationToken);
        _hashed?.Collect(text.Surface, matches, cancellationToken);
        return ValueTask.FromResult<IReadOnlyList<Finding>>(
            matches.Count == 0 ? [] : [.. matches.Distinct().OrderBy(match => match.Start).ThenByDescending(match => match.Length).Select(match => ToFinding(text, match))]);
    }

    private Finding ToFinding(GuardText text, ListMatch match)
    {
        var (start, length) = text.OriginalSpan(match.Start, match.Length);
        return new Finding(match.Entity, start, length, 1, Name);
    }
}

/// <summary>Offsets are those of the matching surface.</summary>
internal readonly record struct ListMatch(int Start, int Length, string Entity);
