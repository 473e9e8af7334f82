namespace GuardedZephyr.Policies;

/// <summary>The <c>detectors.crisis-kind</c> of a policy file, and the files of phrases that it names.</summary>
internal static class CrisisSection
{
    /// <returns>Null when there are no phrases that can be used.</returns>
    public static CrisisKindDetector? Read(MapReader reader, PolicySources sources)
    {
        reader.Owner = "detectors.crisis-kind";
        var paths = reader.Texts("phrases");
        if (!reader.Has("phrases"))
        {
            reader.Error(reader.Line, "'phrases' is missing");
        }

        reader.Done();
        var phrases = new List<(string Kind, Phrase Phrase)>();
        foreach (var path in paths)
        {
            if (sources.Include(reader, path.Line, path.Value, "phrases") is { } file && file.Parse() is { } root)
            {
                if (root is YamlMap map)
                {
                    ReadFile(new MapReader(file, map), phrases);
                }
                else
                {
                    file.Error(root.Line, $"phrases must be a mapping, not {root.Kind}");
                }
            }
        }

        return phrases.Count == 0 ? null : new CrisisKindDetector(phrases);
    }

    private static void ReadFile(MapReader reader, List<(string Kind, Phrase Phrase)> phrases)
    {
        var lists = AllLists(reader.Map("words")).ToDictionary(list => list.Key, IReadOnlyList<string> (list) => [.. list.Value.Select(word => word.Value)]);
        var kinds = AllLists(reader.Map("kinds"));
        if (kinds.Count == 0)
        {
            reader.Error(reader.LineOf("kinds"), "'kinds' must say what phrases tell of each kind");
        }

        foreach (var (kind, texts) in kinds)
        {
            foreach (var text in texts)
            {
                try
                {
                    phrases.Add((kind, Phrase.Parse(text.Value, lists)));
                }
                catch (FormatException exception)
                {
                    reader.Error(text.Line, $"{kind}: {exception.Message}");
                }
            }
        }

        reader.Done();
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<YamlText>> AllLists(MapReader? reader) => reader?.AllLists() ?? new Dictionary<string, IReadOnlyList<YamlText>>();
}
