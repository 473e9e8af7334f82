namespace GuardedZephyr.Evaluation;

/// <summary>The sets of the project's catalog that are reported: those that nothing was trained on, and those that name groups of people.</summary>
internal static class CatalogSets
{
    /// <summary>Decides which rows of a set with a limit are taken.</summary>
    private const int Seed = 1;

    /// <param name="catalogPath"><c>sources.yaml</c>; annotations lie in <c>Annotations/</c> beside it.</param>
    /// <param name="dataFolder">With <c>train/</c>, <c>dev-only/</c> and <c>redteam/</c>.</param>
    /// <param name="labels">The model's. What the catalog knows and the model lacks counts for "any" alone; what the catalog does not know is silent.</param>
    /// <exception cref="InvalidDataException">The catalog or a set cannot be used.</exception>
    public static IReadOnlyList<EvaluationSet> Read(string catalogPath, string dataFolder, IReadOnlyList<string> labels)
    {
        var catalog = HarmCatalog.Load(catalogPath);
        string[] known = [.. catalog.Labels.Keys];
        int[] places = [.. labels.Select(label => Array.IndexOf(known, label))];
        var annotations = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(catalogPath))!, "Annotations");
        var reader = new SourceReader(dataFolder, annotations, known);
        return
        [
            .. catalog.Sources
                .Where(source => source.Use is SetUse.HeldOut or SetUse.DevOnly or SetUse.RedTeam || (source.Use == SetUse.Train && source.Groups is not null))
                .GroupBy(source => (source.Set, source.Use, source.Kind))
                .Select(sources => new EvaluationSet(
                    sources.Key.Set, sources.Key.Use, sources.Key.Kind,
                    [.. sources.SelectMany(source => reader.Read(source, new Random(Seed))).Select(example => example with { Labels = [.. places.Select(place => place < 0 ? Example.Silent : example.Labels[place])] })])),
        ];
    }
}
