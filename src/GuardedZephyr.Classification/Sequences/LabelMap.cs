namespace GuardedZephyr.Classification;

/// <summary>What a model's labels are called in rules. Several may have one name; the highest of them counts.</summary>
internal sealed class LabelMap
{
    private const int Dropped = -1;

    /// <summary>For each label of the model its place in <see cref="Labels"/>.</summary>
    private readonly int[] _places;

    private LabelMap(IReadOnlyList<string?> names)
    {
        Labels = [.. names.OfType<string>().Distinct()];
        _places = [.. names.Select(name => name is null ? Dropped : Labels.Index().First(label => label.Item == name).Index)];
    }

    public IReadOnlyList<string> Labels { get; }

    /// <param name="model">Name of the model, for the error.</param>
    /// <param name="ofModel">By output.</param>
    /// <param name="mapping">Names by label of the model: what it leaves out is dropped. When it is empty, each label keeps its own name in lower case.</param>
    /// <exception cref="ClassifierLabelsException">The mapping names a label that the model lacks.</exception>
    public static LabelMap Create(string model, IReadOnlyList<string> ofModel, IReadOnlyDictionary<string, string> mapping)
    {
        string[] missing = [.. mapping.Keys.Except(ofModel)];
        return missing.Length == 0
            ? new LabelMap([.. ofModel.Select(label => mapping.Count == 0 ? label.ToLowerInvariant() : mapping.GetValueOrDefault(label))])
            : throw new ClassifierLabelsException($"labels names {string.Join(", ", missing)}, which the model '{model}' does not have; it has {string.Join(", ", ofModel)}");
    }

    /// <summary>The scores by <see cref="Labels"/>, from those by output.</summary>
    public float[] Map(ReadOnlySpan<float> scores)
    {
        var mapped = new float[Labels.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            if (_places[i] != Dropped)
            {
                mapped[_places[i]] = Math.Max(mapped[_places[i]], scores[i]);
            }
        }

        return mapped;
    }
}
