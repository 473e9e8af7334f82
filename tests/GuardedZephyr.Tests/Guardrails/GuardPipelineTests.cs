using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Guardrails;

public class GuardPipelineTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => ["throws", "hangs", "outside the text", "not a number", "above one"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_detector_that_cannot_judge_does_not_pass_a_text(string fault)
    {
        GuardPipeline pipeline = PipelineWith(fault, reach: null, Some.Policy());

        Judgement judgement = await _time.ThroughAsync(pipeline.JudgeAsync("Hello", Direction.Input, Cancellation).AsTask());

        Assert.Equal(Outcome.Unjudged, judgement.Verdict.Outcome);
        Assert.Equal(["faulty"], judgement.Verdict.FailedDetectors);
        Assert.Null(judgement.EnforcedText);
    }

    [Fact]
    public async Task A_detector_that_takes_too_long_is_told_to_stop()
    {
        var (time, begun, stopped) = (new FakeTimeProvider(), new TaskCompletionSource(), new TaskCompletionSource());
        var slow = new FaultyDetector(async (_, stop) =>
        {
            await using CancellationTokenRegistration registration = stop.Register(stopped.SetResult);
            begun.SetResult();
            await stopped.Task;
            return [];
        });
        using GuardPipeline pipeline = Some.Pipeline(detectors: [slow], time: time);

        Task<Judgement> judging = pipeline.JudgeAsync("Hello", Direction.Input, Cancellation).AsTask();
        await begun.Task;
        while (!judging.IsCompleted)
        {
            // The clock that the timeout runs on starts behind the detector.
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }

        Assert.Equal(["faulty"], (await judging).Verdict.FailedDetectors);
        await stopped.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task A_policy_may_let_the_other_detectors_decide()
    {
        Policy lenient = new() { Identity = Some.Policy().Identity, Responses = Some.Policy().Responses, Rules = Some.UsualRules, OnFault = OnFault.Allow };

        Judgement judgement = await PipelineWith("throws", reach: 3, lenient).JudgeAsync("Hello", Direction.Input, Cancellation);

        Assert.Equal(Outcome.Allowed, judgement.Verdict.Outcome);
        Assert.Equal(["faulty"], judgement.Verdict.FailedDetectors);
    }

    [Fact]
    public async Task A_decision_that_is_asked_for_is_recorded()
    {
        var audit = new RecordingAuditLog();
        GuardPipeline pipeline = Some.Pipeline(audit);

        await pipeline.DecideAsync("You BADWORD", Direction.Tool, Cancellation);
        string redacted = await pipeline.RedactAsync("BADWORD ada@example.com", Direction.Input, Cancellation);

        Assert.Equal("BADWORD [EMAIL_ADDRESS]", redacted);
        Assert.Equal(["tool blocked", "input modified"], audit.Records.Select(record => $"{record.Direction} {record.Outcome}"));
    }

    [Fact]
    public async Task A_judgement_does_not_print_the_text()
    {
        Judgement judgement = await Some.Pipeline().JudgeAsync("Hello there", Direction.Input, Cancellation);

        Assert.DoesNotContain("there", judgement.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Outcome.Allowed), judgement.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redacting_carries_out_every_operator()
    {
        GuardPipeline pipeline = Some.Pipeline(policy: Some.Policy(
            Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS"), Some.Operator(RuleAction.Mask, "CREDIT_CARD") with { KeepLast = 4 }, Some.Operator(RuleAction.Hash, "US_SSN"), Some.Redact("IP_ADDRESS")));

        string redacted = await pipeline.RedactAsync("ada@example.com 4111111111111111 536-22-1234 192.0.2.1 eve@example.com", Direction.Input, Cancellation);

        Assert.Equal($"<EMAIL_ADDRESS_1> ************1111 [US_SSN:{Some.AuditKey.Hash("536221234")[..12]}] [IP_ADDRESS] <EMAIL_ADDRESS_2>", redacted);
    }

    [Fact]
    public async Task Texts_that_are_judged_with_the_same_pseudonyms_share_their_numbers()
    {
        GuardPipeline pipeline = Some.Pipeline(policy: Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")));
        var pseudonyms = new Pseudonyms(pipeline.Policy);

        Judgement first = await pipeline.JudgeAsync("I am ada@example.com", Direction.Input, pseudonyms, Cancellation);
        Judgement second = await pipeline.JudgeAsync("eve@example.com, Ada@example.com", Direction.Output, pseudonyms, Cancellation);
        Judgement alone = await pipeline.JudgeAsync("eve@example.com", Direction.Output, Cancellation);

        Assert.Equal(["I am <EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_2>, <EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_1>"], new[] { first, second, alone }.Select(judgement => judgement.EnforcedText));
    }

    [Fact]
    public async Task Redacting_fails_closed()
    {
        string answer = await PipelineWith("throws", reach: 3, Some.Policy()).RedactAsync("ada@example.com", Direction.Input, Cancellation);

        Assert.Equal(Some.Unjudged, answer);
    }

    private GuardPipeline PipelineWith(string fault, int? reach, Policy policy) => new(
        policy,
        [new FaultyDetector((_, _) => Fault(fault), reach)],
        new RecordingAuditLog(),
        Some.AuditKey,
        _time);

    private static Task<IReadOnlyList<Finding>> Fault(string fault) => fault switch
    {
        "throws" => throw new InvalidOperationException("boom"),
        "hangs" => new TaskCompletionSource<IReadOnlyList<Finding>>().Task,
        "outside the text" => One(new Finding("x", 3, 3, 1, "faulty")),
        "not a number" => One(new Finding("x", 0, 1, double.NaN, "faulty")),
        _ => One(new Finding("x", 0, 1, 1.5, "faulty")),
    };

    private static Task<IReadOnlyList<Finding>> One(Finding finding) => Task.FromResult<IReadOnlyList<Finding>>([finding]);
}
