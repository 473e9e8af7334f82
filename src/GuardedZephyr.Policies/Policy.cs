namespace GuardedZephyr.Policies;

/// <summary>What a policy file says, ready to decide. Immutable and thread-safe.</summary>
public sealed class Policy
{
    /// <summary>Key of the response that a block gives.</summary>
    public const string RefusalResponse = "refusal";

    /// <summary>What stands in verdicts in the place of a rule's id when <see cref="ClientSystem"/> forbids a message; no rule has it.</summary>
    public const string ClientSystemRule = "client-system";

    /// <summary>Key of the response for a text that could not be judged.</summary>
    public const string UnjudgedResponse = "unjudged";

    public required PolicyIdentity Identity { get; init; }

    public OnFault OnFault { get; init; } = OnFault.Block;

    public ClientSystem ClientSystem { get; init; }

    /// <summary>How many segments of a reply that a rule blocks may be thrown away and written anew before the reply is refused; 0 to 5.</summary>
    public int Retries { get; init; }

    /// <summary>How long the guard may take in one turn, its own time alone. A text that is not judged by then counts as one whose detectors failed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    public CacheSettings Cache { get; init; } = new();

    /// <summary>Of the slow detectors that the policy has no section for: a host's own.</summary>
    public DetectorLimits OtherLimits { get; init; } = new();

    /// <summary>Null when the policy asks for no classifier.</summary>
    public HarmSettings? Harm { get; init; }

    /// <summary>Null when the policy asks for no token classifier.</summary>
    public NerSettings? Ner { get; init; }

    /// <summary>The detectors that need nothing but the policy, cheap first; the host adds the models.</summary>
    public IReadOnlyList<IDetector> Detectors { get; init; } = [];

    /// <summary>Finds what the packs know and no rule asks for. It judges nothing: no time is spent on it, and what it finds hides no other finding. For explanations.</summary>
    public PiiDetector Unasked { get; init; } = new([]);

    /// <summary>Texts written by people, by key, in the policy's own locale.</summary>
    public required IReadOnlyDictionary<string, string> Responses { get; init; }

    /// <summary>Language tag of <see cref="Responses"/>.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>The texts by language tag, those of the policy's own locale among them; empty when there is one locale only.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ResponsesByLocale { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The classifier's labels that rules name: a classifier without one of them does not fit this policy.</summary>
    public IReadOnlyList<string> RequiredLabels { get; init; } = [];

    /// <summary>The policy file and every file it names, as the digest covers them: paths relative to the policy's folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether there are rules whose matches are recorded and change nothing.</summary>
    public bool HasShadowRules => Rules.Any(rule => rule.Mode == RuleMode.Shadow);

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<string> RuleIds => [.. Rules.Select(rule => rule.Id)];

    /// <summary>In the file's order.</summary>
    internal IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>The policies that judge together as this one; none when it is one by itself.</summary>
    internal IReadOnlyList<Policy> Parts { get; init; } = [];

    internal Placeholders Placeholders => field ??= new Placeholders([.. Rules.Where(rule => rule is { Action: RuleAction.Pseudonymise, Mode: RuleMode.Enforce }).SelectMany(rule => rule.Categories).Distinct()]);

    /// <summary>The decision on one text. A rule that stops the text goes before a failed detector: it knows why.</summary>
    /// <param name="skippedDetectors">Those that were not asked: see <see cref="IsSettled"/>.</param>
    public Verdict Decide(Direction direction, IReadOnlyList<Finding> findings, IReadOnlyList<string> failedDetectors, IReadOnlyList<string>? skippedDetectors = null)
    {
        var matched = Rules.Where(rule => rule.Matches(direction, findings)).ToArray();
        var enforced = matched.Where(rule => rule.Mode == RuleMode.Enforce).ToArray();
        var decision = Decide(direction, enforced, failedDetectors);
        var wouldBe = enforced.Length == matched.Length ? null : Decide(direction, matched, failedDetectors);
        return new Verdict
        {
            Outcome = decision.Outcome,
            Action = decision.Action,
            Rules = [.. enforced.Select(rule => rule.Id)],
            ShadowRules = [.. matched.Except(enforced).Select(rule => rule.Id)],
            Shadow = wouldBe is null ? null : new ShadowVerdict(wouldBe.Outcome, wouldBe.Action),
            Findings = [.. findings.Where(finding => matched.Any(rule => rule.Matches(direction, finding) || rule.With.Contains(finding.Category))).OrderBy(finding => finding.Start)],
            Scores = findings.GroupBy(finding => finding.Category).ToDictionary(group => group.Key, group => group.Max(finding => finding.Score)),
            FailedDetectors = failedDetectors,
            SkippedDetectors = skippedDetectors ?? [],
            Response = decision.Response,
        };
    }

    /// <summary>Of a slow detector.</summary>
    /// <param name="detector">Its name.</param>
    public DetectorLimits LimitsOf(string detector) => detector switch
    {
        DetectorSection.HarmDetector when Harm is not null => Harm.Limits,
        DetectorSection.NerDetector when Ner is not null => Ner.Limits,
        _ => OtherLimits,
    };

    /// <summary>Whether these findings block the text: nothing that other detectors find can make that more severe.</summary>
    public bool IsSettled(Direction direction, IReadOnlyList<Finding> findings) =>
        Rules.Any(rule => rule is { Mode: RuleMode.Enforce, Action: RuleAction.Block } && rule.Matches(direction, findings));

    /// <summary>Whether a shadow rule waits for what the detector finds: such a detector is asked also where its findings change nothing.</summary>
    public bool IsShadowed(string detector, Direction direction) =>
        Rules.Any(rule => rule.Mode == RuleMode.Shadow && rule.On.Contains(direction) && rule.Detectors.Contains(detector));

    /// <summary>How each rule that names the finding's category stands to it, in the file's order; none when no rule names the category.</summary>
    public IReadOnlyList<RuleFit> Fits(Direction direction, Finding finding) =>
    [
        .. Rules.Where(rule => rule.Categories.Contains(finding.Category)).Select(rule => new RuleFit(
            rule.Id,
            rule.Action,
            rule.MinScore,
            rule.Mode == RuleMode.Shadow,
            !rule.On.Contains(direction) ? RuleMiss.OtherDirection : rule.Matches(direction, finding) ? null : RuleMiss.ScoreTooLow)),
    ];

    /// <summary>The spans that enforced rules replace: by offset, merged where they overlap, so that every finding is covered whole.</summary>
    public IReadOnlyList<Replacement> Replacements(Direction direction, IReadOnlyList<Finding> findings)
    {
        var rules = findings.Count == 0 ? [] : Rules.Where(rule => rule.Mode == RuleMode.Enforce && rule.Action.ChangesText()).ToArray();
        return rules.Length == 0 ? [] : Replacement.Covering(findings, finding => rules.Where(rule => rule.Matches(direction, finding)).MaxBy(rule => rule.Action)?.Operator);
    }

    /// <summary>The most severe action that enforced rules ask for with one finding.</summary>
    public RuleAction ActionOn(Direction direction, Finding finding) =>
        Rules.Where(rule => rule.Mode == RuleMode.Enforce && rule.Matches(direction, finding)).Select(rule => rule.Action).DefaultIfEmpty(RuleAction.Allow).Max();

    /// <summary>What is said in place of a text that does not pass.</summary>
    /// <param name="locales">Language tags, separated by commas, the most wanted first. The policy's own locale where none of them fits.</param>
    /// <exception cref="ArgumentException">The text passes.</exception>
    public string ReplyFor(Verdict verdict, string? locales = null) => verdict switch
    {
        { Outcome: Outcome.Unjudged } => ResponsesIn(locales)[UnjudgedResponse],
        { Outcome: Outcome.Blocked, Action: RuleAction.Respond, Response: { } key } => ResponsesIn(locales)[key],
        { Outcome: Outcome.Blocked } => ResponsesIn(locales)[RefusalResponse],
        _ => throw new ArgumentException($"a verdict of {verdict.Outcome} lets the text pass: there is nothing to say in its place", nameof(verdict)),
    };

    /// <summary>The strictest that the enforced rules for this way ask for which the detector serves; the policy's own when there are none.</summary>
    private OnFault FaultOf(string detector, Direction direction)
    {
        if (Parts.Count > 0)
        {
            return Parts.Any(part => part.FaultOf(detector, direction) == OnFault.Block) ? OnFault.Block : OnFault.Allow;
        }

        var served = Rules.Where(rule => rule.Mode == RuleMode.Enforce && rule.On.Contains(direction) && rule.Detectors.Contains(detector)).ToArray();
        return served.Length == 0 ? OnFault : served.Any(rule => (rule.OnFault ?? OnFault) == OnFault.Block) ? OnFault.Block : OnFault.Allow;
    }

    /// <summary>Whether a reply may say a value of the category where the model wrote its placeholder: no rule on replies asks for more than a pseudonym, at any score.</summary>
    internal bool MayRestore(string category) =>
        !Rules.Any(rule => rule.Mode == RuleMode.Enforce && rule.Action > RuleAction.Pseudonymise && rule.On.Contains(Direction.Output) && rule.Categories.Contains(category));

    private IReadOnlyDictionary<string, string> ResponsesIn(string? locales) =>
        Locales.Choose(locales, ResponsesByLocale.Keys) is { } locale ? ResponsesByLocale[locale] : Responses;

    private Decision Decide(Direction direction, IReadOnlyList<Rule> rules, IReadOnlyList<string> failedDetectors)
    {
        var decisive = rules.MaxBy(rule => rule.Action); // the first of the most severe
        var action = decisive?.Action ?? RuleAction.Allow;
        var outcome = action switch
        {
            RuleAction.Block or RuleAction.Respond => Outcome.Blocked,
            _ when failedDetectors.Any(detector => FaultOf(detector, direction) == OnFault.Block) => Outcome.Unjudged,
            _ when action.ChangesText() => Outcome.Modified,
            _ => Outcome.Allowed,
        };

        return new Decision(outcome, outcome == Outcome.Unjudged ? RuleAction.Block : action, action == RuleAction.Respond ? decisive!.Response : null);
    }

    private sealed record Decision(Outcome Outcome, RuleAction Action, string? Response);
}
