namespace GuardedZephyr.Policies;

/// <summary>Reads a policy file and the files it names: recognizer packs in <c>pii/</c> beside it, and responses.</summary>
public static class PolicyFile
{
    internal static readonly IReadOnlyDictionary<string, OnFault> Faults = new Dictionary<string, OnFault> { ["block"] = OnFault.Block, ["allow"] = OnFault.Allow };

    /// <exception cref="PolicyFileException">The file cannot be used; every error of every file is in it.</exception>
    public static Policy Load(string path) => Load(path, trust: true, looking: null);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="looking">Told of every path before it is read, also where the file cannot be used: when one of them changes, it is worth trying again.</param>
    public static Policy Load(string path, Action<string>? looking) => Load(path, trust: true, looking);

    /// <summary>As <see cref="Load(string)"/>, and tries every pattern and every example of the packs, also of those that the list beside them says were tried.</summary>
    /// <exception cref="PolicyFileException">The file cannot be used; every error of every file is in it.</exception>
    public static Policy Check(string path) => Load(path, trust: false, looking: null);

    private static Policy Load(string path, bool trust, Action<string>? looking)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        var sources = new PolicySources(Path.GetDirectoryName(fullPath)!, looking);
        var file = sources.Read(fullPath, Path.GetFileName(fullPath));
        sources.Add(file);
        var policy = Read(file, sources, trust);
        var errors = sources.Files.SelectMany(read => read.Errors).ToArray();
        if (errors.Length > 0)
        {
            throw new PolicyFileException(path, errors);
        }

        policy!.Detectors.OfType<PiiDetector>().SingleOrDefault()?.Prepare();
        return policy;
    }

    /// <returns>Whatever could be read; of use only when none of the files has errors.</returns>
    private static Policy? Read(SourceFile file, PolicySources sources, bool trust)
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
        var responses = ResponseSection.Read(reader, sources);
        var deadline = LimitSection.ReadDeadline(reader);
        var cache = LimitSection.ReadCache(reader);
        var detectors = DetectorSection.Read(reader.Map("detectors"), sources, trust, deadline);
        var rules = RuleSection.Read(reader, detectors, responses);
        reader.Done();
        return new Policy
        {
            Identity = new PolicyIdentity(name ?? "", version ?? 0, SourceFile.Digest(sources.Files)),
            OnFault = onFault,
            Deadline = deadline,
            Cache = cache,
            ClientSystem = turns.ClientSystem,
            Retries = turns.Retries,
            Harm = detectors.Harm,
            Ner = detectors.Ner,
            Detectors = [.. detectors.BuiltIn.Select(detector => detector is PiiDetector pii ? pii.Where(rules.Entities.Contains) : detector)],
            Unasked = detectors.BuiltIn.OfType<PiiDetector>().SingleOrDefault()?.Where(entity => !rules.Entities.Contains(entity)) ?? new PiiDetector([]),
            Responses = responses?.Texts ?? new Dictionary<string, string>(),
            Locale = responses?.Locale ?? "",
            ResponsesByLocale = responses?.ByLocale ?? new Dictionary<string, IReadOnlyDictionary<string, string>>(),
            RequiredLabels = rules.Labels,
            Rules = rules.Rules,
            Files = [.. sources.Files.Select(read => read.Name)],
        };
    }
}
