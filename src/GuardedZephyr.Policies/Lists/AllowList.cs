using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>Values that are never found, whatever a recognizer says: those written down, and those known by their hash. Thread-safe.</summary>
internal sealed class AllowList
{
    private readonly FrozenSet<(string Value, string? Entity)> _values;
    private readonly FrozenSet<(ListDigest Digest, string? Entity)> _digests;
    private readonly ListHasher? _hasher;

    /// <param name="values">Normalised values, each with the entity that it is allowed for, or null for any; so are the digests.</param>
    /// <param name="hasher">Null when there are no digests.</param>
    public AllowList(IEnumerable<(string Value, string? Entity)> values, IEnumerable<(ListDigest Digest, string? Entity)> digests, ListHasher? hasher)
    {
        _values = values.ToFrozenSet();
        _digests = digests.ToFrozenSet();
        _hasher = hasher;
    }

    /// <param name="surface">The whole of what was found.</param>
    public bool Allows(string entity, ReadOnlySpan<char> surface)
    {
        Span<char> buffer = stackalloc char[ListText.MaxLength];
        var value = ListText.Normalise(surface, buffer);
        if (value.IsEmpty)
        {
            return false;
        }

        if (_values.Count > 0 && value.ToString() is var text && (_values.Contains((text, entity)) || _values.Contains((text, null))))
        {
            return true;
        }

        return _digests.Count > 0 && _hasher?.Digest(surface) is { } digest && (_digests.Contains((digest, entity)) || _digests.Contains((digest, null)));
    }
}
