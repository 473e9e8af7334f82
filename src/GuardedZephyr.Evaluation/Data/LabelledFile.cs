using System.Text.Json;

namespace GuardedZephyr.Evaluation;

/// <summary>
/// Anybody's own labelled texts, a JSON object a line: <c>{"text", "labels": {label: 0 or 1}, "source"?, "group"?, "id"?, "kind"?, "use"?}</c>. A label that a line does not name is
/// silent; <c>any</c> says harmful or harmless without saying how.
/// </summary>
internal static class LabelledFile
{
    private const string Any = "any";
    private const int MostErrors = 10;

    /// <returns>A set for each source; without one the file's name stands for it.</returns>
    /// <exception cref="InvalidDataException">Lines cannot be used; the message names them.</exception>
    public static IReadOnlyList<EvaluationSet> Read(string path, IReadOnlyList<string> labels)
    {
        var rows = new List<(Example Example, string Use, string? Kind)>();
        var errors = new List<string>();
        var name = Path.GetFileNameWithoutExtension(path);
        foreach (var (index, line) in File.ReadLines(path).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)))
        {
            try
            {
                rows.Add(Parse(line, labels, name, $"{index}"));
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                errors.Add($"line {index + 1}: {(e is JsonException ? "is not JSON" : e.Message)}");
            }
        }

        if (errors.Count == 0 && rows.Count > 0)
        {
            return [.. rows.GroupBy(row => (row.Example.Source, row.Use, row.Kind)).Select(set => new EvaluationSet(set.Key.Source, set.Key.Use, set.Key.Kind, [.. set.Select(row => row.Example)]))];
        }

        throw new InvalidDataException(errors.Count == 0
            ? $"{path}: has no rows."
            : $"{path}: {string.Join("; ", errors.Take(MostErrors))}{(errors.Count > MostErrors ? $"; and {errors.Count - MostErrors} more lines" : "")}.");
    }

    private static (Example Example, string Use, string? Kind) Parse(string line, IReadOnlyList<string> labels, string name, string number)
    {
        using var document = JsonDocument.Parse(line);
        var row = document.RootElement;
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("is not an object");
        }

        var text = Text(row, "text");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("'text' is missing or empty");
        }

        var kind = Text(row, "kind");
        if (kind is not null && !SetKind.All.Contains(kind))
        {
            throw new FormatException($"'kind' is one of {string.Join(", ", SetKind.All)}");
        }

        var (mapped, any) = Labels(row, labels);
        var example = new Example(text, Text(row, "source") ?? name, mapped, any, 1, Held: true, PromptKind.None)
        {
            Id = row.TryGetProperty("id", out var id) ? id.ToString() : number,
            Groups = row.TryGetProperty("group", out var group) ? group.ValueKind == JsonValueKind.Array ? [.. group.EnumerateArray().Select(item => item.ToString())] : [group.ToString()] : [],
        };
        return (example, Text(row, "use") ?? SetUse.Own, kind);
    }

    private static (sbyte[] Mapped, sbyte Any) Labels(JsonElement row, IReadOnlyList<string> labels)
    {
        if (!row.TryGetProperty("labels", out var given) || given.ValueKind != JsonValueKind.Object || !given.EnumerateObject().Any())
        {
            throw new FormatException("'labels' is no object of labels, such as {\"toxicity\": 1}");
        }

        var mapped = new sbyte[labels.Count];
        Array.Fill(mapped, Example.Silent);
        var any = Example.Silent;
        foreach (var label in given.EnumerateObject())
        {
            var place = labels.Index().Where(known => known.Item == label.Name).Select(known => known.Index).DefaultIfEmpty(-1).First();
            if (place < 0 && label.Name != Any)
            {
                throw new FormatException($"the model has no label '{label.Name}'; it has {string.Join(", ", labels)}, and '{Any}'");
            }

            var value = label.Value.ValueKind == JsonValueKind.Number && label.Value.TryGetSByte(out var number) && number is 0 or 1
                ? number
                : throw new FormatException($"label '{label.Name}' is neither 0 nor 1");
            if (place < 0)
            {
                any = value;
            }
            else
            {
                mapped[place] = value;
            }
        }

        return mapped.Contains((sbyte)1) ? any == 0 ? throw new FormatException($"'{Any}' is 0 although a label is 1") : (mapped, (sbyte)1)
            : Array.TrueForAll(mapped, value => value == 0) && any == Example.Silent ? (mapped, (sbyte)0)
            : (mapped, any);
    }

    private static string? Text(JsonElement row, string field) => !row.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"'{field}' is no string");
}
