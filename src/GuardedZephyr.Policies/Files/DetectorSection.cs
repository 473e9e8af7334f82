using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>The <c>detectors</c> of a policy file.</summary>
internal sealed record DetectorSection
{
    /// <summary>Names of the detectors that run the models, as they stand in verdicts.</summary>
    public const string HarmDetector = "harm";
    public const string NerDetector = "ner";

    private const double DefaultMinScore = 0.5;

    public HarmSettings? Harm { get; private init; }

    /// <summary>Whether the file asks for a classifier, also where it does so wrongly.</summary>
    public bool HasHarm { get; private init; }

    public NerSettings? Ner { get; private init; }

    public IReadOnlyList<IDetector> BuiltIn { get; private init; } = [];

    /// <summary>What the detectors of spans find: the names that a rule's <c>entity</c> may have.</summary>
    public IReadOnlyList<string> Entities { get; private init; } = [];

    /// <summary>What the recognizers of each pack find, by the name of the pack.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Packs { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What each detector finds, by its name; the classifier's labels are not known here.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Finders { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether every pack could be read: if not, an entity that is not known may still be right.</summary>
    public bool IsComplete { get; private init; } = true;

    /// <summary>Least score of an entity that counts, where a rule does not say its own.</summary>
    public double EntityMinScore { get; private init; } = DefaultMinScore;

    /// <param name="trust">Whether packs that are listed as verified are taken to be sound.</param>
    /// <param name="deadline">The whole guard's.</param>
    public static DetectorSection Read(MapReader? reader, PolicySources sources, bool trust, TimeSpan deadline)
    {
        if (reader is null)
        {
            return new DetectorSection();
        }

        reader.Owner = "detectors";
        var detectors = new List<IDetector>();
        var finders = new Dictionary<string, IReadOnlyList<string>>();
        if (reader.Map("control-tokens") is { } controlTokens)
        {
            controlTokens.Owner = "detectors.control-tokens";
            controlTokens.Done();
            var detector = new ControlTokenDetector();
            detectors.Add(detector);
            finders[detector.Name] = [ControlTokenDetector.Category];
        }

        var packs = new Dictionary<string, IReadOnlyList<string>>();
        var lists = ListSection.Read(reader.Map("lists"), sources);
        if (lists.Deny is { } deny)
        {
            detectors.Add(deny);
            finders[deny.Name] = deny.Entities;
        }

        var isComplete = true;
        double? minScore = null;
        if (reader.Map("pii") is { } pii)
        {
            var recognizers = ReadPacks(pii, sources, trust, packs, out isComplete);
            minScore = pii.Score("min-score");
            pii.Done();
            var detector = new PiiDetector(recognizers, lists.Allow);
            detectors.Add(detector);
            finders[detector.Name] = detector.Entities;
            if (isComplete)
            {
                CheckAllowed(pii, lists, detector);
            }
        }
        else if (lists.Allow is not null)
        {
            reader.Error(reader.LineOf("lists"), "detectors.lists.allow keeps values from being found by detectors.pii, which is missing");
        }

        if (reader.Map("crisis-kind") is { } crisis)
        {
            var kinds = CrisisSection.Read(crisis, sources);
            isComplete &= kinds is not null;
            if (kinds is not null)
            {
                detectors.Add(kinds);
                finders[kinds.Name] = [.. kinds.Kinds];
            }
        }

        NerSettings? ner = null;
        if (reader.Map("ner") is { } names)
        {
            ner = ReadNer(names, sources.Directory, deadline);
            isComplete &= ner is not null;
            finders[NerDetector] = [.. ner?.Entities.Values ?? []];
        }

        var harm = reader.Map("harm") is { } section ? ReadHarm(section, sources.Directory, deadline) : null;
        reader.Done();
        return new DetectorSection
        {
            Harm = harm,
            HasHarm = reader.Has("harm"),
            Ner = ner,
            BuiltIn = detectors,
            Entities = [.. finders.Values.SelectMany(entities => entities).Distinct()],
            Finders = finders,
            Packs = packs,
            IsComplete = isComplete,
            EntityMinScore = minScore ?? DefaultMinScore,
        };
    }

    private static List<Recognizer> ReadPacks(
        MapReader reader, PolicySources sources, bool trust, Dictionary<string, IReadOnlyList<string>> entitiesOf, out bool areComplete)
    {
        reader.Owner = "detectors.pii";
        var packs = reader.Texts("packs");
        if (!reader.Has("packs"))
        {
            reader.Error(reader.Line, "'packs' is missing");
        }

        areComplete = packs.Count > 0;
        var read = new List<(string Pack, SourceFile File)>();
        var seen = new HashSet<string>();
        foreach (var pack in packs)
        {
            if (!seen.Add(pack.Value))
            {
                reader.Error(pack.Line, $"pack '{pack.Value}' stands here twice");
                continue;
            }

            if (!pack.Value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            {
                reader.Error(pack.Line, $"'{pack.Value}' is no name of a pack: letters, digits and dashes, without folder and ending");
                areComplete = false;
                continue;
            }

            if (sources.Include(reader, pack.Line, $"pii/{pack.Value}.yaml", $"pack '{pack.Value}'") is not { } file)
            {
                areComplete = false;
                continue;
            }

            read.Add((pack.Value, file));
        }

        var verified = trust ? VerifiedPacks.Read(Path.Combine(sources.Directory, "pii")) : VerifiedPacks.None;
        var recognizersOf = read.Select(source => RecognizerPack.Read(source.File, verified.Contains(source.File))).ToArray();
        foreach (var ((pack, file), recognizers) in read.Zip(recognizersOf))
        {
            entitiesOf[pack] = [.. recognizers.Select(recognizer => recognizer.Entity).Distinct()];
            areComplete &= !file.HasErrors;
        }

        return [.. recognizersOf.SelectMany(recognizers => recognizers)];
    }

    private static void CheckAllowed(MapReader reader, ListSection lists, PiiDetector detector)
    {
        reader.Owner = "detectors.lists.allow";
        foreach (var entity in lists.AllowedEntities.Where(entity => !detector.Entities.Contains(entity.Value)))
        {
            reader.Error(entity.Line, $"no pack finds the entity '{entity.Value}'; known are {string.Join(", ", detector.Entities)}");
        }
    }

    private static HarmSettings? ReadHarm(MapReader reader, string directory, TimeSpan deadline)
    {
        reader.Owner = "detectors.harm";
        var model = reader.RequiredText("model");
        var limits = LimitSection.Read(reader, deadline);
        var labels = reader.Map("labels")?.AllTexts() ?? FrozenDictionary<string, string>.Empty;
        if (labels.Count == 0 && reader.Has("labels"))
        {
            reader.Error(reader.LineOf("labels"), "'labels' must say what the model's labels are called in rules, as in { TOXIC: toxicity }; without it each keeps its own name");
        }

        reader.Done();
        return model is null ? null : new HarmSettings(Path.GetFullPath(model, directory), limits) { Labels = labels };
    }

    private static NerSettings? ReadNer(MapReader reader, string directory, TimeSpan deadline)
    {
        reader.Owner = "detectors.ner";
        var model = reader.RequiredText("model");
        var limits = LimitSection.Read(reader, deadline);
        var entities = reader.Map("entities")?.AllTexts() ?? new Dictionary<string, string>();
        if (entities.Count == 0)
        {
            reader.Error(reader.LineOf("entities"), "'entities' must say what the model's labels are called in rules, as in { PER: PERSON }");
        }

        reader.Done();
        return model is null || entities.Count == 0 ? null : new NerSettings(Path.GetFullPath(model, directory), limits, entities);
    }
}
