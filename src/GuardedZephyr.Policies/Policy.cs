namespace GuardedZephyr.Policies;

/// <summary>What a policy file says, ready to decide. Immutable and thread-safe.</summary>
public sealed class Policy
{
    /// <summary>Key of the response that a block gives.</summary>
    public const string RefusalResponse = "refusal";

    /// <summary>Key of the response for a text that could not be judged.</summary>
    public const string UnjudgedResponse = "unjudged";

    public required PolicyIdentity Identity { get; init; }

    public OnFault OnFault { get; init; } = OnFault.Block;

    /// <summary>Null when the policy asks for no classifier.</summary>
    public HarmSettings? Harm { get; init; }

    /// <summary>Null when the policy asks for no token classifier.</summary>
    public NerSettings? Ner { get; init; }

    /// <summary>The detectors that need nothing but the policy, cheap first; the host adds the models.</summary>
    public IReadOnlyList<IDetector> Detectors { get; init; } = [];

    /// <summary>Texts written by people, by key.</summary>
    public required IReadOnlyDictionary<string, string> Responses { get; init; }

    /// <summary>The classifier's labels that rules name: a classifier without one of them does not fit this policy.</summary>
    public IReadOnlyList<string> RequiredLabels { get; init; } = [];

    /// <summary>In the file's order.</summary>
    internal IReadOnlyList<Rule> Rules { get; init; } = [];

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
            RuleAction.Redact => Outcome.Modified,
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

    /// <summary>The spans that enforced redact rules replace: by offset, merged where they overlap, so that every finding is covered whole.</summary>
    public IReadOnlyList<Redaction> Redactions(Direction direction, IReadOnlyList<Finding> findings)
    {
        var rules = Rules.Where(rule => rule is { Action: RuleAction.Redact, Mode: RuleMode.Enforce }).ToArray();
        return Redaction.Covering(findings.Where(finding => rules.Any(rule => rule.Matches(direction, finding))));
    }

    /// <summary>What is said in place of a text that does not pass.</summary>
    /// <exception cref="ArgumentException">The text passes.</exception>
    public string ReplyFor(Verdict verdict) => verdict switch
    {
        { Outcome: Outcome.Unjudged } => Responses[UnjudgedResponse],
        { Outcome: Outcome.Blocked, Action: RuleAction.Respond, Response: { } key } => Responses[key],
        { Outcome: Outcome.Blocked } => Responses[RefusalResponse],
        _ => throw new ArgumentException($"a verdict of {verdict.Outcome} lets the text pass: there is nothing to say in its place", nameof(verdict)),
    };
}
