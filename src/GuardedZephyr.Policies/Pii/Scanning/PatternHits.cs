using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>Where in a text patterns may match. Takes memory from the second on: most texts hold none.</summary>
/// <param name="patterns">How many patterns there are.</param>
internal ref struct PatternHits(int patterns)
{
    private PatternRegion[]? _regions;
    private int[]? _latest;
    private int _count;

    /// <summary>Those of one pattern rise and are apart.</summary>
    public readonly ReadOnlySpan<PatternRegion> Regions => _regions.AsSpan(0, _count);

    /// <summary>Says that matches of the pattern may end from <paramref name="first"/> to <paramref name="last"/>.</summary>
    /// <param name="longest">Match of the pattern.</param>
    public void Add(int pattern, int longest, int first, int last)
    {
        if (_latest is null)
        {
            _latest = ArrayPool<int>.Shared.Rent(patterns);
            _latest.AsSpan().Clear();
            _regions = ArrayPool<PatternRegion>.Shared.Rent(64);
        }

        ref var latest = ref _latest[pattern];
        if (latest > 0 && _regions![latest - 1].Reaches(first, longest))
        {
            ref var region = ref _regions[latest - 1];
            region = region with { First = Math.Min(region.First, first), Last = Math.Max(region.Last, last), Hits = region.Hits + 1 };
            return;
        }

        if (_count == _regions!.Length)
        {
            var larger = ArrayPool<PatternRegion>.Shared.Rent(2 * _count);
            _regions.CopyTo(larger, 0);
            ArrayPool<PatternRegion>.Shared.Return(_regions);
            _regions = larger;
        }

        _regions[_count++] = new PatternRegion(pattern, first, last, 1);
        latest = _count;
    }

    public void Dispose()
    {
        if (_latest is not null)
        {
            ArrayPool<int>.Shared.Return(_latest);
            ArrayPool<PatternRegion>.Shared.Return(_regions!);
            (_latest, _regions, _count) = (null, null, 0);
        }
    }
}
