namespace GuardedZephyr.Bench;

/// <summary>All sets with marks, scanned and counted.</summary>
internal sealed class LabelledRun
{
    private readonly Dictionary<(string Set, Kind Kind, bool HeldOut), Counts> _counts = [];
    private readonly Dictionary<(string Set, string Group), (int Texts, Counts Counts)> _groups = [];
    private readonly Dictionary<(string Set, string Entity), int> _unmarked = [];
    private readonly SortedDictionary<(string Set, string What, string Kind), SortedSet<int>> _errorRows = [];

    /// <summary>Rows that hold a mark that does not fit their text.</summary>
    public Dictionary<string, int> LeftOut { get; } = [];

    public Dictionary<string, int> Rows { get; } = [];

    public IReadOnlyList<Kind> Kinds => [.. Kind.InScope.Where(kind => Count(kind: kind) is { Gold: > 0 } or { Findings: > 0 })];

    public IReadOnlyList<Kind> OutOfScope => [.. _counts.Keys.Select(key => key.Kind).Where(kind => kind.IsOutOfScope).Distinct().OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <summary>Findings of a kind that the set does not mark, by entity.</summary>
    public IEnumerable<(string Set, string Entity, int Findings)> Unmarked => _unmarked.Select(pair => (pair.Key.Set, pair.Key.Entity, pair.Value)).OrderBy(row => row.Set, StringComparer.Ordinal).ThenByDescending(row => row.Value);

    /// <summary>Rows with a miss or a false alarm, without those held out.</summary>
    public IEnumerable<(string Set, string What, string Kind, IReadOnlyCollection<int> Rows)> ErrorRows => _errorRows.Select(pair => (pair.Key.Set, pair.Key.What, pair.Key.Kind, (IReadOnlyCollection<int>)pair.Value));

    public void Scan(DataFolder data, PiiScanner scanner, ProgressLine progress, ErrorList? errors)
    {
        foreach (var (set, index) in LabelledSet.All.Select((set, index) => (set, index)))
        {
            progress.Show(set.Name, index, LabelledSet.All.Count);
            foreach (var row in data.Read(set.Name))
            {
                if (set.Read(row) is { } sample)
                {
                    Rows[set.Name] = Rows.GetValueOrDefault(set.Name) + 1;
                    var result = SampleResult.Of(sample, scanner.FindSure(sample.Text));
                    Add(result);
                    errors?.Add(result);
                }
                else
                {
                    LeftOut[set.Name] = LeftOut.GetValueOrDefault(set.Name) + 1;
                }
            }
        }
    }

    /// <summary>The sum of whatever is not said.</summary>
    public Counts Count(string? set = null, Kind? kind = null, bool? heldOut = null) => _counts
        .Where(pair => (set ?? pair.Key.Set) == pair.Key.Set && (kind ?? pair.Key.Kind) == pair.Key.Kind && (heldOut ?? pair.Key.HeldOut) == pair.Key.HeldOut)
        .Aggregate(default(Counts), (sum, pair) => sum + pair.Value);

    /// <summary>All kinds that can be told by structure.</summary>
    public Counts Sum() => Kinds.Aggregate(default(Counts), (sum, kind) => sum + Count(kind: kind));

    public IEnumerable<(string Group, int Texts, Counts Counts)> Groups(string set) => _groups
        .Where(pair => pair.Key.Set == set)
        .OrderBy(pair => pair.Key.Group, StringComparer.Ordinal)
        .Select(pair => (pair.Key.Group, pair.Value.Texts, pair.Value.Counts));

    private void Add(SampleResult result)
    {
        var sample = result.Sample;
        foreach (var (kind, counts) in result.Count())
        {
            var key = (sample.Set, kind, sample.IsHeldOut);
            _counts[key] = _counts.GetValueOrDefault(key) + counts;
        }

        if (sample.Group is { } group)
        {
            var (texts, counts) = _groups.GetValueOrDefault((sample.Set, group));
            _groups[(sample.Set, group)] = (texts + 1, result.Count().Aggregate(counts, (sum, count) => sum + count.Counts));
        }

        foreach (var (what, kind) in sample.IsHeldOut ? [] : result.Errors())
        {
            var key = (sample.Set, what, kind.Name);
            (_errorRows.TryGetValue(key, out var rows) ? rows : _errorRows[key] = []).Add(sample.Row);
        }

        foreach (var finding in result.Findings.Where(finding => finding.Kind is null))
        {
            var key = (sample.Set, finding.Finding.Category);
            _unmarked[key] = _unmarked.GetValueOrDefault(key) + 1;
        }
    }
}
