namespace GuardedZephyr.Evaluation;

/// <summary>What a person of this project thought of a set's row.</summary>
/// <param name="Labels">Ours, or <c>misinformation</c> for one of that kind; none: harmless; null: leave it out.</param>
internal sealed record Annotation(IReadOnlyList<string>? Labels)
{
    private const string Harmless = "-";
    private const string Unclear = "?";

    /// <summary>By row.</summary>
    public static IReadOnlyList<Annotation> Read(string path)
    {
        var annotations = new List<Annotation>();
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            var parts = line.Split(' ');
            if (parts.Length != 2 || parts[0] != $"{index}")
            {
                throw new InvalidDataException($"{path}, line {index + 1}: expected '{index} <labels>'.");
            }

            annotations.Add(new Annotation(parts[1] switch { Unclear => null, Harmless => [], var labels => labels.Split(',') }));
        }

        return annotations;
    }
}
