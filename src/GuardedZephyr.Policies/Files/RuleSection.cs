using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>The <c>rules</c> of a policy file.</summary>
/// <param name="Labels">The classifier's labels that the rules name.</param>
internal sealed record RuleSection(IReadOnlyList<Rule> Rules, IReadOnlyList<string> Labels)
{
    private const double DefaultLabelMinScore = 0.5;
    private const int DefaultKeepLast = 4;
    private const int MaxKeepLast = 8;

    private static readonly Dictionary<string, RuleAction> Actions = new()
    {
        ["allow"] = RuleAction.Allow,
        ["flag"] = RuleAction.Flag,
        ["pseudonymise"] = RuleAction.Pseudonymise,
        ["mask"] = RuleAction.Mask,
        ["hash"] = RuleAction.Hash,
        ["redact"] = RuleAction.Redact,
        ["respond"] = RuleAction.Respond,
        ["block"] = RuleAction.Block,
    };

    internal static readonly IReadOnlyDictionary<string, Direction> Directions = new Dictionary<string, Direction>
    {
        ["input"] = Direction.Input,
        ["tool"] = Direction.Tool,
        ["output"] = Direction.Output,
    };

    private static readonly Dictionary<string, RuleMode> Modes = new() { ["enforce"] = RuleMode.Enforce, ["shadow"] = RuleMode.Shadow };

    /// <summary>Everything that the rules name.</summary>
    public IReadOnlySet<string> Entities { get; } = Rules.SelectMany(rule => rule.Categories.Union(rule.With)).ToHashSet();

    public static RuleSection Read(MapReader policy, DetectorSection detectors, ResponseSection? responses)
    {
        var rules = new List<Rule>();
        var labels = new List<string>();
        var ids = new HashSet<string>();
        foreach (var reader in policy.Maps("rules"))
        {
            reader.Owner = "rule";
            var id = reader.RequiredText("id");
            reader.Owner = $"rule '{id ?? "without id"}'";
            if (id is not null && !ids.Add(id))
            {
                reader.Error(reader.LineOf("id"), "an earlier rule has this id");
            }

            if (id == Policy.ClientSystemRule)
            {
                reader.Error(reader.LineOf("id"), "this id is that of the policy's own 'client-system'");
            }

            if (ReadRule(reader, id ?? "", detectors, responses, labels) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return new RuleSection(rules, [.. labels.Distinct()]);
    }

    private static Rule? ReadRule(
        MapReader reader, string id, DetectorSection detectors, ResponseSection? responses, List<string> labels)
    {
        var on = reader.Choices("on", Directions);
        var mode = reader.Choice("mode", Modes) ?? RuleMode.Enforce;
        var onFault = reader.Choice("on-fault", PolicyFile.Faults);
        var action = reader.Choice("action", Actions);
        if (!reader.Has("action"))
        {
            reader.Error(reader.Line, $"'action' is missing; known are {string.Join(", ", Actions.Keys)}");
        }

        var keepLast = ReadKeepLast(reader, action);
        var response = ReadResponse(reader, action, responses);
        var when = reader.Map("when");
        if (!reader.Has("when"))
        {
            reader.Error(reader.Line, "'when' is missing");
        }

        if (onFault is not null && mode == RuleMode.Shadow)
        {
            reader.Error(reader.LineOf("on-fault"), "'on-fault' has no meaning with mode shadow: such a rule never stops a text");
        }

        reader.Done();
        if (when is null || ReadWhen(when, detectors) is not { } condition)
        {
            return null;
        }

        if (condition.IsLabel)
        {
            labels.AddRange(condition.Categories);
            if (action is { } given && given.ChangesText())
            {
                reader.Error(reader.LineOf("action"), $"a label is a judgement on the whole text: action {Actions.First(known => known.Value == given).Key} is for entities alone");
            }
        }

        return new Rule
        {
            Id = id,
            Categories = condition.Categories.ToFrozenSet(),
            With = condition.With.ToFrozenSet(),
            MinScore = condition.MinScore,
            On = (on.Count == 0 ? Enum.GetValues<Direction>() : on).ToFrozenSet(),
            Action = action ?? RuleAction.Block,
            KeepLast = keepLast,
            Response = response,
            Mode = mode,
            OnFault = onFault,
            Detectors = condition.IsLabel
                ? [DetectorSection.HarmDetector]
                : detectors.Finders.Where(finder => finder.Value.Intersect(condition.Categories).Any()).Select(finder => finder.Key).ToFrozenSet(),
        };
    }

    private static int ReadKeepLast(MapReader reader, RuleAction? action)
    {
        var keepLast = reader.Integer("keep-last", min: 0, MaxKeepLast);
        if (reader.Has("keep-last") && action is not (null or RuleAction.Mask))
        {
            reader.Error(reader.LineOf("keep-last"), "'keep-last' goes with action mask alone");
        }

        return action == RuleAction.Mask ? keepLast ?? DefaultKeepLast : 0;
    }

    private static string? ReadResponse(MapReader reader, RuleAction? action, ResponseSection? responses)
    {
        var response = reader.Text("response");
        if (action == RuleAction.Respond && !reader.Has("response"))
        {
            reader.Error(reader.LineOf("action"), "action respond needs a 'response'");
        }

        if (response is not null && action is not (null or RuleAction.Respond))
        {
            reader.Error(response.Line, "'response' goes with action respond alone");
        }

        foreach (var (locale, texts) in responses?.ByLocale ?? new Dictionary<string, IReadOnlyDictionary<string, string>>())
        {
            if (response is not null && !texts.ContainsKey(response.Value))
            {
                var where = responses!.ByLocale.Count > 1 ? $" for the locale '{locale}'" : "";
                reader.Error(response.Line, $"there is no response '{response.Value}'{where}; known are {string.Join(", ", texts.Keys)}");
            }
        }

        return response?.Value;
    }

    private static Condition? ReadWhen(MapReader reader, DetectorSection detectors)
    {
        var entities = reader.Texts("entity");
        var packs = reader.Texts("pack");
        var labels = reader.Texts("label");
        var with = reader.Texts("with");
        var minScore = reader.Score("min-score");
        reader.Done();
        if ((reader.Has("entity") || reader.Has("pack")) == reader.Has("label"))
        {
            reader.Error(reader.Line, "'when' needs 'entity' or 'pack' or both, or else 'label'");
            return null;
        }

        RequireKnown(reader, entities.Concat(with), detectors);
        if (reader.Has("label"))
        {
            if (!detectors.HasHarm)
            {
                reader.Error(reader.LineOf("label"), "a label needs the classifier: detectors.harm is missing");
            }

            if (detectors.Harm is { Labels.Count: > 0 } harm)
            {
                foreach (var label in labels.Where(label => !harm.Labels.Values.Contains(label.Value)))
                {
                    reader.Error(label.Line, $"detectors.harm.labels gives no label '{label.Value}'; {Spelling.Known(label.Value, [.. harm.Labels.Values.Distinct()])}");
                }
            }

            return new Condition([.. labels.Select(label => label.Value)], [.. with.Select(kind => kind.Value)], minScore ?? DefaultLabelMinScore, IsLabel: true);
        }

        if (with.Count > 0)
        {
            reader.Error(reader.LineOf("with"), "'with' goes with 'label' alone: it says what else a text that was judged as a whole must hold");
        }

        foreach (var pack in packs.Where(pack => detectors.IsComplete && !detectors.Packs.ContainsKey(pack.Value)))
        {
            reader.Error(pack.Line, $"detectors.pii does not load the pack '{pack.Value}'; it loads {(detectors.Packs.Count == 0 ? "none" : string.Join(", ", detectors.Packs.Keys))}");
        }

        var ofPacks = packs.SelectMany(pack => detectors.Packs.GetValueOrDefault(pack.Value) ?? []);
        return new Condition([.. entities.Select(entity => entity.Value).Union(ofPacks)], [], minScore ?? detectors.EntityMinScore, IsLabel: false);
    }

    private static void RequireKnown(MapReader reader, IEnumerable<YamlText> entities, DetectorSection detectors)
    {
        foreach (var entity in entities.Where(entity => detectors.IsComplete && !detectors.Entities.Contains(entity.Value)))
        {
            var known = detectors.Entities.Count == 0 ? "there are none, for no detector is set" : Spelling.Known(entity.Value, detectors.Entities);
            reader.Error(entity.Line, $"no detector finds the entity '{entity.Value}'; {known}");
        }
    }

    private sealed record Condition(IReadOnlyList<string> Categories, IReadOnlyList<string> With, double MinScore, bool IsLabel);
}
