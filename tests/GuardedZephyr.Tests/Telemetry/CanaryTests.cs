using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using NeverEndingChatClient = GuardedZephyr.Tests.Service.ScriptedChatClient;

namespace GuardedZephyr.Tests.Telemetry;

/// <summary>Whatever becomes of a turn, no text of it is in anything that the process emits.</summary>
public sealed class CanaryTests : IDisposable
{
    private const string Canary = CanaryRequest.Canary;

    private readonly EverythingEmitted _emitted = new(Canary, CanaryRequest.IdCanary);
    private readonly RecordingAuditLog _audit = new();
    private readonly ILoggerFactory _loggers;

    /// <summary>What a deployment may have set, for other programs.</summary>
    static CanaryTests() => Environment.SetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");

    public CanaryTests() => _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_emitted));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static FaultyDetector Quoting => new((text, _) => throw new InvalidOperationException($"Cannot judge '{text.Original}' {Canary}"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_that_passes_or_is_changed_tells_nothing_of_its_text(bool streaming)
    {
        using var model = new ContentChatClient(
            new TextReasoningContent($"Thinking {Canary}.") { ProtectedData = Canary },
            new TextContent($"It is {Canary}@example.com or {Canary}.") { RawRepresentation = Canary, AdditionalProperties = new() { ["raw"] = Canary } },
            CanaryRequest.Call("call_2"));

        ChatResponse reply = await AskAsync(model, streaming);

        Assert.Equal(Outcome.Modified, Report(reply).Outcome);
        Assert.Contains(Canary, reply.Text, StringComparison.Ordinal);
        AssertSilent("GuardedZephyr guardedzephyr.turn", $"{GuardedZephyrTelemetry.ModelSourceName} chat", "guardedzephyr.decisions", "gen_ai.client.operation.duration");
    }

    [Theory]
    [InlineData(false, $"{Canary} BADWORD")]
    [InlineData(true, $"{Canary} BADWORD")]
    [InlineData(false, $"{Canary} HURTME")]
    [InlineData(true, $"{Canary} HURTME")]
    public async Task A_request_that_is_blocked_tells_nothing_of_its_text(bool streaming, string text)
    {
        using var model = new ContentChatClient(new TextContent(Canary));

        Assert.Equal(TurnPart.Request, Report(await AskAsync(model, streaming, text)).BlockedAt);

        AssertSilent();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_that_is_written_anew_and_blocked_tells_nothing_of_its_text(bool streaming)
    {
        using var model = new ContinuingChatClient([$"{Canary} BADWORD."], [$"Again {Canary} BADWORD."]);

        GuardReport report = Report(await AskAsync(model, streaming));

        Assert.Equal((TurnPart.Reply, 1), (report.BlockedAt, report.Retries));
        AssertSilent("guardedzephyr.gate.retries");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_detector_whose_error_quotes_the_text_tells_nothing_of_it(bool streaming)
    {
        using var model = new ContentChatClient(new TextContent(Canary));

        Assert.Equal(Outcome.Unjudged, Report(await AskAsync(model, streaming, detectors: [Quoting])).Outcome);

        AssertSilent("guardedzephyr.unjudged", typeof(GuardPipeline).FullName!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_that_is_cancelled_tells_nothing_of_its_text(bool streaming)
    {
        using var model = new NeverEndingChatClient(NeverEndingChatClient.Text($"{Canary}. ")) { NeverEnds = true };
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Task<ChatResponse> asked = AskAsync(model, streaming, cancellation: leaving.Token);
        await model.Asked;
        await leaving.CancelAsync();

        Told(await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked));
        Assert.Equal(Names.Aborted, _audit.Records[^1].Outcome);
        AssertSilent("GuardedZephyr guardedzephyr.turn");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_decision_that_cannot_be_recorded_tells_nothing_of_the_text(bool streaming)
    {
        _audit.IsDown = true;
        using var model = new ContentChatClient(new TextContent(Canary));

        Told(await Assert.ThrowsAsync<AuditUnavailableException>(() => AskAsync(model, streaming)));

        AssertSilent();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_whose_error_quotes_the_text_tells_it_to_the_caller_alone(bool streaming)
    {
        using var model = new NeverEndingChatClient(NeverEndingChatClient.Text($"{Canary}. ")) { Failure = new InvalidOperationException($"Cannot go on after {Canary}", new IOException(Canary)) };

        Assert.Same(model.Failure, await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(model, streaming)));

        AssertSilent("gen_ai.client.operation.duration");
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _emitted.Dispose();
    }

    private void AssertSilent(params string[] emitted)
    {
        Assert.Empty(_emitted.Leaks);
        Assert.All(emitted, name => Assert.Contains(name, _emitted.Names));
        Assert.All(_audit.Records, record => Assert.DoesNotContain(Canary, $"{record} {string.Join(' ', [.. record.Rules, .. record.FailedDetectors, .. record.Findings])}", StringComparison.OrdinalIgnoreCase));
    }

    private static void Told(Exception exception) => Assert.DoesNotContain(Canary, exception.ToString(), StringComparison.OrdinalIgnoreCase);

    private async Task<ChatResponse> AskAsync(
        IChatClient model, bool streaming, string text = $"Hello {Canary}.", IEnumerable<IDetector>? detectors = null, CancellationToken? cancellation = null)
    {
        Policy once = Some.Policy();
        Policy policy = new() { Identity = once.Identity, Responses = once.Responses, Detectors = once.Detectors, Rules = once.Rules, Deadline = once.Deadline, OtherLimits = once.OtherLimits, Retries = 1 };
        var pipeline = new GuardPipeline(policy, detectors ?? Some.Detectors, _audit, Some.AuditKey, logger: _loggers.CreateLogger<GuardPipeline>());
        IChatClient client = new ChatClientBuilder(model).UseGuardrails(pipeline).UseModelTelemetry().Build();
        ChatMessage[] messages = CanaryRequest.Messages(text);
        CancellationToken token = cancellation ?? Cancellation;
        return streaming
            ? await client.GetStreamingResponseAsync(messages, CanaryRequest.Options(), token).ToChatResponseAsync(token)
            : await client.GetResponseAsync(messages, CanaryRequest.Options(), token);
    }

    private static GuardReport Report(ChatResponse reply) => Assert.IsType<GuardReport>(reply.AdditionalProperties![GuardReport.Key]);
}
