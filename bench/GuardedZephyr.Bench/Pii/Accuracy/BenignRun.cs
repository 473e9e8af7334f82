namespace GuardedZephyr.Bench;

/// <summary>Texts that hold no personal data, or next to none: how many of them would a policy change?</summary>
internal sealed class BenignRun
{
    /// <summary>Share of texts with a finding that may be changed or blocked.</summary>
    public const double Bound = 0.005;

    public static readonly IReadOnlyList<string> Sets =
        ["clinc150", "banking77", "cyberseceval_frr_benign", "alpaca_harmless_instructions", "benign_instruction_mix", "oktest"];

    private readonly Dictionary<(string Set, bool HeldOut), (int Texts, int Found, int Changed)> _sets = [];
    private readonly Dictionary<string, (int Found, int Changed)> _entities = [];
    private readonly SortedDictionary<(string Set, string Entity), List<int>> _rows = [];

    public IEnumerable<(string Entity, int Found, int Changed)> Entities => _entities.Select(pair => (pair.Key, pair.Value.Found, pair.Value.Changed)).OrderByDescending(row => row.Found).ThenBy(row => row.Key, StringComparer.Ordinal);

    /// <summary>Rows with a finding, without those held out.</summary>
    public IEnumerable<(string Set, string Entity, IReadOnlyCollection<int> Rows)> Rows => _rows.Select(pair => (pair.Key.Set, pair.Key.Entity, (IReadOnlyCollection<int>)pair.Value));

    public void Scan(DataFolder data, PiiScanner scanner, ProgressLine progress, ErrorList? errors)
    {
        foreach (var (set, index) in Sets.Select((set, index) => (set, index)))
        {
            foreach (var row in data.Read(set))
            {
                progress.Show(set, index, Sets.Count);
                Scan(set, row, scanner, errors);
            }
        }

        progress.Show("done", 1, 1);
    }

    /// <summary>The sum of whatever is not said.</summary>
    public (int Texts, int Found, int Changed) Count(string? set = null, bool? heldOut = null) => _sets
        .Where(pair => (set ?? pair.Key.Set) == pair.Key.Set && (heldOut ?? pair.Key.HeldOut) == pair.Key.HeldOut)
        .Aggregate((Texts: 0, Found: 0, Changed: 0), (sum, pair) => (sum.Texts + pair.Value.Texts, sum.Found + pair.Value.Found, sum.Changed + pair.Value.Changed));

    private void Scan(string set, DataRow row, PiiScanner scanner, ErrorList? errors)
    {
        var findings = scanner.FindSure(row.Text);
        var isChanged = scanner.Acts(findings);
        var (texts, found, changed) = _sets.GetValueOrDefault((set, Sample.HeldOut(row.Number)));
        _sets[(set, Sample.HeldOut(row.Number))] = (texts + 1, found + (findings.Count > 0 ? 1 : 0), changed + (isChanged ? 1 : 0));
        foreach (var entity in findings.GroupBy(finding => finding.Category))
        {
            var (before, changedBefore) = _entities.GetValueOrDefault(entity.Key);
            _entities[entity.Key] = (before + 1, changedBefore + (scanner.Acts([.. entity]) ? 1 : 0));
            if (!Sample.HeldOut(row.Number))
            {
                (_rows.TryGetValue((set, entity.Key), out var rows) ? rows : _rows[(set, entity.Key)] = []).Add(row.Number);
            }
        }

        errors?.AddBenign(set, row, findings);
    }
}
