using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>A reply that went through the gate, behind a request with personal data.</summary>
/// <param name="Parts">What had been released after each chunk.</param>
internal sealed record GateRun(IReadOnlyList<string> Parts, bool Blocked)
{
    private static readonly (ChatRole Role, string Text)[] _request =
    [
        (ChatRole.System, "Operator: boss@example.com, 192.168.10.77"),
        (ChatRole.User, "I am ada@example.com, +1 212 555 0123, my SSN is 536-22-1234, my card 4111 1111 1111 1111."),
    ];

    private static readonly Lazy<(string Text, bool SeenByUser, IReadOnlyList<Finding> Findings)[]> _read = new(() =>
    [
        .. _request.Select(message => (message.Text, message.Role == ChatRole.User, Wait(Some.Pipeline().FindSpansAsync(message.Text, Direction.Input, CancellationToken.None)))),
    ]);

    private static readonly PatternDetector _edge = new("EDGE", "[a-z ]{3}<E|_1>[^<]{0,9}", 12);

    /// <summary>Plain patterns of some entities: what they find is simple, and quickly found.</summary>
    private static readonly IDetector[] _patterns =
    [
        _edge,
        new PatternDetector("EMAIL_ADDRESS", @"[a-z]{1,9}@[a-z]{1,9}\.com", 24),
        new PatternDetector("US_SSN", "[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}", 11),
        new PatternDetector("CREDIT_CARD", "([0-9]{4}[- ]?){3}[0-9]{4}", 19),
        new PatternDetector("PHONE_NUMBER", @"\+1 \([0-9]{3}\) [0-9]{3}-[0-9]{4}", 18),
        new PatternDetector("IP_ADDRESS", @"([0-9]{1,3}\.){3}[0-9]{1,3}|7( 7){0,40}", 81),
        new PatternDetector("IBAN_CODE", "GB[0-9]{2} WEST [0-9 ]{1,17}", 27),
        new ControlTokenDetector(),
    ];

    public string Released => Parts[^1];

    /// <summary>New ones, for some remember what they were shown.</summary>
    public static IReadOnlyList<IDetector> Patterns => [.. _patterns, new WordDetector("BADWORD", "insult"), new WordDetector("HURTME", "self-harm")];

    public static IReadOnlyList<IDetector> Recognizers => [.. Some.Detectors, _edge];

    public static GateRun Of(IEnumerable<string> chunks, Rule[] rules, GateOptions options, IReadOnlyList<IDetector> detectors)
    {
        using GuardPipeline pipeline = PipelineOf(rules, detectors);
        var turn = new GuardedTurn(pipeline, "turn", null, null);
        Read(turn.Pseudonyms);
        var gate = new Gate(pipeline, turn, options);
        var parts = new List<string>();
        string released = "";
        foreach (string chunk in chunks)
        {
            parts.Add(released += Wait(gate.PushAsync(chunk, CancellationToken.None)));
        }

        return new GateRun([.. parts, released + Wait(gate.CompleteAsync(CancellationToken.None))], turn.Blocking is not null);
    }

    /// <summary>What becomes of a whole reply, without the gate.</summary>
    public static string Enforced(string text, Rule[] rules, IReadOnlyList<IDetector> detectors)
    {
        using GuardPipeline pipeline = PipelineOf(rules, detectors);
        var pseudonyms = new Pseudonyms(pipeline.Policy);
        Read(pseudonyms);
        Operators operators = pipeline.OperatorsWith(pseudonyms);
        IReadOnlyList<Finding> findings = Wait(pipeline.Detectors.DetectSpansAsync(GuardText.From(text), Direction.Output, Some.Deadline, CancellationToken.None)).Findings;
        return operators.ApplyToReply(text, [.. pipeline.Policy.Replacements(Direction.Output, findings).Where(replacement => !operators.LeavesInReply(text, replacement))]);
    }

    public static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private static GuardPipeline PipelineOf(Rule[] rules, IReadOnlyList<IDetector> detectors) => Some.Pipeline(policy: Some.Policy(rules, detectors), detectors: detectors);

    /// <summary>The request is always read by the recognizers, once.</summary>
    private static void Read(Pseudonyms pseudonyms)
    {
        foreach ((string text, bool seenByUser, IReadOnlyList<Finding> findings) in _read.Value)
        {
            pseudonyms.Note(text, Direction.Input, findings, seenByUser);
        }
    }
}
