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

    /// <summary>Null when the policy asks for no classifier.</summary>
    public HarmSettings? Harm { get; init; }

    /// <summary>Null when the policy asks for no token classifier.</summary>
    public NerSettings? Ner { get; init; }

    /// <summary>The detectors that need nothing but the policy, cheap first; the host adds the models.</summary>
    public IReadOnlyList<IDetector> Detectors { get; init; } = [];

    /// <summary>Finds what the packs know and no rule asks for. It judges nothing: no time is spent on it, and what it finds hides no other finding. For explanations.</summary>
    public PiiDetector Unasked { get; init; } = new([]);

    /// <summary>Texts written by people, by key.</summary>
    public required IReadOnlyDictionary<string, string> Responses { get; init; }

    /// <summary>The classifier's labels that rules name: a classifier without one of them does not fit this policy.</summary>
    public IReadOnlyList<string> RequiredLabels { get; init; } = [];

    /// <summary>The policy file and every file it names, as the digest covers them: paths relative to the policy's folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<string> RuleIds => [.. Rules.Select(rule => rule.Id)];

    /// <summary>In the file's order.</summary>
    internal IReadOnlyList<Rule> Rules { get; init; } = [];

    internal Placeholders Placeholders => field ??= new Placeholders([.. Rules.Where(rule => rule is { Action: RuleAction.Pseudonymise, Mode: RuleMode.Enforce }).SelectMany(rule => rule.Categories).Distinct()]);

    /// <summary>The decision on one text. A rule that stops the text goes before a failed detector: it knows why.</summary>
    public Verdict Decide(Direction direction, IReadOnlyList<Finding> findings, IReadOnlyList<string> failedDetectors)
    {
        var matched = Rules.Where(rule => findings.Any(finding => rule.Matches(direction, finding))).ToArray();
        var enforced = matched.Where(rule => rule.Mode == RuleMode.Enforce).ToArray();
        var decisive = enforced.MaxBy(rule => rule.Action); // the first of the most severe
        var action = decisive?.Action ?? RuleAction.Allow;
        var outcome = action switch
        {
            RuleAction.Block or RuleAction.Respond => Outcome.Blocked,
            _ when failedDetectors.Count > 0 && OnFault == OnFault.Block => Outcome.Unjudged,
            _ when action.ChangesText() => Outcome.Modified,
            _ => Outcome.Allowed,
        };

        return new Verdict
        {
            Outcome = outcome,
            Action = outcome == Outcome.Unjudged ? RuleAction.Block : action,
            Rules = [.. enforced.Select(rule => rule.Id)],
            ShadowRules = [.. matched.Except(enforced).Select(rule => rule.Id)],
            Findings = [.. findings.Where(finding => matched.Any(rule => rule.Matches(direction, finding))).OrderBy(finding => finding.Start)],
            Scores = findings.GroupBy(finding => finding.Category).ToDictionary(group => group.Key, group => group.Max(finding => finding.Score)),
            FailedDetectors = failedDetectors,
            Response = action == RuleAction.Respond ? decisive!.Response : null,
        };
    }

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
    /// <exception cref="ArgumentException">The text passes.</exception>
    public string ReplyFor(Verdict verdict) => verdict switch
    {
        { Outcome: Outcome.Unjudged } => Responses[UnjudgedResponse],
        { Outcome: Outcome.Blocked, Action: RuleAction.Respond, Response: { } key } => Responses[key],
        { Outcome: Outcome.Blocked } => Responses[RefusalResponse],
        _ => throw new ArgumentException($"a verdict of {verdict.Outcome} lets the text pass: there is nothing to say in its place", nameof(verdict)),
    };

    /// <summary>Whether a reply may say a value of the category where the model wrote its placeholder: no rule on replies asks for more than a pseudonym, at any score.</summary>
    internal bool MayRestore(string category) =>
        !Rules.Any(rule => rule.Mode == RuleMode.Enforce && rule.Action > RuleAction.Pseudonymise && rule.On.Contains(Direction.Output) && rule.Categories.Contains(category));
}
