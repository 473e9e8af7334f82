namespace GuardedZephyr.Policies;

/// <summary>Reads a policy file and the files it names: recognizer packs in <c>pii/</c> beside it, and responses.</summary>
public static class PolicyFile
{
    private static readonly Dictionary<string, OnFault> Faults = new() { ["block"] = OnFault.Block, ["allow"] = OnFault.Allow };

    /// <exception cref="PolicyFileException">The file cannot be used; every error of every file is in it.</exception>
    public static Policy Load(string path) => Load(path, trust: true);

    /// <summary>As <see cref="Load(string)"/>, and tries every pattern and every example of the packs, also of those that the list beside them says were tried.</summary>
    /// <exception cref="PolicyFileException">The file cannot be used; every error of every file is in it.</exception>
    public static Policy Check(string path) => Load(path, trust: false);

    private static Policy Load(string path, bool trust)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        var file = SourceFile.Read(fullPath, Path.GetFileName(fullPath));
        var files = new List<SourceFile> { file };
        var policy = Read(file, Path.GetDirectoryName(fullPath)!, files, trust);
        var errors = files.SelectMany(read => read.Errors).ToArray();
        if (errors.Length > 0)
        {
            throw new PolicyFileException(path, errors);
        }

        policy!.Detectors.OfType<PiiDetector>().SingleOrDefault()?.Prepare();
        return policy;
    }

    /// <returns>Whatever could be read; of use only when none of <paramref name="files"/> has errors.</returns>
    private static Policy? Read(SourceFile file, string directory, List<SourceFile> files, bool trust)
    {
        if (file.Parse() is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            file.Error(root.Line, $"a policy must be a mapping, not {root.Kind}");
            return null;
        }

        var reader = new MapReader(file, map);
        var name = reader.RequiredText("name");
        var version = reader.Integer("version", min: 1);
        if (!reader.Has("version"))
        {
            reader.Error(reader.Line, "'version' is missing");
        }

        var onFault = reader.Choice("on-fault", Faults) ?? OnFault.Block;
        var turns = TurnSection.Read(reader);
        var responses = ReadResponses(reader, file, directory, files);
        var detectors = DetectorSection.Read(reader.Map("detectors"), directory, files, trust);
        var rules = RuleSection.Read(reader, detectors, responses);
        reader.Done();
        return new Policy
        {
            Identity = new PolicyIdentity(name ?? "", version ?? 0, SourceFile.Digest(files)),
            OnFault = onFault,
            ClientSystem = turns.ClientSystem,
            Retries = turns.Retries,
            Harm = detectors.Harm,
            Ner = detectors.Ner,
            Detectors = [.. detectors.BuiltIn.Select(detector => detector is PiiDetector pii ? pii.Where(rules.Entities.Contains) : detector)],
            Unasked = detectors.BuiltIn.OfType<PiiDetector>().SingleOrDefault()?.Where(entity => !rules.Entities.Contains(entity)) ?? new PiiDetector([]),
            Responses = responses ?? new Dictionary<string, string>(),
            RequiredLabels = rules.Labels,
            Rules = rules.Rules,
            Files = [.. files.Select(read => read.Name)],
        };
    }

    private static Dictionary<string, string>? ReadResponses(MapReader reader, SourceFile file, string directory, List<SourceFile> files)
    {
        if (reader.RequiredText("responses") is not { } path)
        {
            return null;
        }

        var responses = SourceFile.Read(Path.Combine(directory, path), path);
        if (responses.Text is null)
        {
            file.Error(reader.LineOf("responses"), $"responses: {responses.Errors.First()}");
            return null;
        }

        files.Add(responses);
        if (responses.Parse() is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            responses.Error(root.Line, $"responses must be a mapping, not {root.Kind}");
            return null;
        }

        var texts = new MapReader(responses, map);
        foreach (var key in new[] { Policy.RefusalResponse, Policy.UnjudgedResponse }.Where(key => !texts.Has(key)))
        {
            texts.Error(texts.Line, $"'{key}' is missing");
        }

        return texts.AllTexts().ToDictionary(text => text.Key, text => text.Value.Trim());
    }
}
