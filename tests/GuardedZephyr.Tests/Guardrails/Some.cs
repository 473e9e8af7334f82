using System.Collections.Frozen;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Values for tests that do not care which.</summary>
internal static class Some
{
    public const string Refusal = "I cannot help with that.";
    public const string Crisis = "You are not alone.";
    public const string Unjudged = "This could not be checked.";

    /// <summary>The project's own recognizers and control tokens.</summary>
    public static IReadOnlyList<IDetector> PolicyDetectors { get; } = ShippedPolicies.Standard.Detectors;

    public static AuditKey AuditKey { get; } = AuditKey.BesideDatabase(Path.Combine(Directory.CreateTempSubdirectory("zephyr-tests-").FullName, "audit.db"));

    public static Deadline Deadline => new(TimeProvider.System, TimeSpan.FromMinutes(1));

    public static Rule Redact(params string[] entities) => Operator(RuleAction.Redact, entities);

    public static Rule Operator(RuleAction action, params string[] entities) =>
        new() { Id = $"{Names.Of(action)}.{entities[0]}", Categories = entities.ToFrozenSet(), MinScore = 0.5, Action = action };

    public static Rule Block(params string[] categories) => new() { Id = $"block.{categories[0]}", Categories = categories.ToFrozenSet(), MinScore = 0.5, Action = RuleAction.Block };

    public static Rule[] UsualRules { get; } =
    [
        Redact("EMAIL_ADDRESS", "PHONE_NUMBER", "US_SSN", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS"),
        Block("insult"),
        new() { Id = "respond.self-harm", Categories = new[] { "self-harm" }.ToFrozenSet(), MinScore = 0.5, Action = RuleAction.Respond, Response = "crisis" },
    ];

    public static Policy Policy(params Rule[] rules) => Policy(rules, PolicyDetectors);

    /// <param name="detectors">Cheap ones, which are asked without limits.</param>
    public static Policy Policy(Rule[] rules, IReadOnlyList<IDetector> detectors) => new()
    {
        Identity = new PolicyIdentity("test", 1, new string('0', 64)),
        Responses = new Dictionary<string, string> { ["refusal"] = Refusal, ["unjudged"] = Unjudged, ["crisis"] = Crisis },
        Detectors = detectors,
        Rules = rules.Length > 0 ? rules : UsualRules,

        // A test that is not about time is not to end because the machine is busy.
        Deadline = TimeSpan.FromMinutes(1),
        OtherLimits = new DetectorLimits { Timeout = TimeSpan.FromSeconds(30) },
    };

    /// <summary>Those of the policy, and two that object to the word BADWORD as an insult and to HURTME as self-harm.</summary>
    public static IReadOnlyList<IDetector> Detectors => [.. PolicyDetectors, new WordDetector("BADWORD", "insult"), new WordDetector("HURTME", "self-harm")];

    public static GuardPipeline Pipeline(IAuditLog? audit = null, Policy? policy = null, IEnumerable<IDetector>? detectors = null, TimeProvider? time = null) => new(
        policy ?? Policy(),
        detectors ?? Detectors,
        audit ?? new RecordingAuditLog(),
        AuditKey,
        time,
        logger: null,
        new GuardMetrics());
}
