using System.Net;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Service;

public sealed class GuardedTurnTests
{
    private static readonly GuardReportFinding Hate = new(Direction.Input, 0, new Finding("hate", 0, 2, 0.91, "harm"), RuleAction.Block);

    private static ScriptedChatClient BlockedPrompt =>
        new(SomeReport.Last(SomeReport.Of(Outcome.Blocked, RuleAction.Block, TurnPart.Request, Hate), "I cannot help with that."));

    private static ScriptedChatClient BlockedReply => new(
        ScriptedChatClient.Text("So far so good."),
        SomeReport.Last(SomeReport.Of(Outcome.Blocked, RuleAction.Block, TurnPart.Reply), "I stop here.", "\n\nI stop here."));

    [Fact]
    public async Task A_reply_that_did_not_come_through_the_guard_is_an_error()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient(ScriptedChatClient.Text("Hello")) { IsUnguarded = true });

        var plain = await service.AskAsync(stream: false);
        var events = await RunningService.EventsOf(await service.AskAsync(stream: true));

        Assert.Equal(HttpStatusCode.InternalServerError, plain.StatusCode);
        Assert.DoesNotContain("Hello", await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("""{"error":""", events[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_prompt_is_an_error_that_content_filter_handlers_know(bool stream)
    {
        await using var service = await RunningService.StartAsync(BlockedPrompt);

        var response = await service.AskAsync(stream);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        var json = await RunningService.JsonOf(response);
        Assert.Equal(
            """{"message":"I cannot help with that.","type":"invalid_request_error","param":"prompt","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":"""
            + """{"hate":{"filtered":true,"severity":"high"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}"""
            + ""","jailbreak":{"filtered":false,"detected":false}}}}""",
            Ordered(json.GetProperty("error"), "message", "type", "param", "code", "innererror"));
        Assert.Equal(
            """{"turn":"chatcmpl-1","outcome":"blocked","action":"block","rules":["harm.hate"],"blocked_at":"request","findings":[{"direction":"input","message":0,"category":"hate","start":0,"length":2,"score":0.91,"action":"block","redacted":false}]"""
            + ""","failed_detectors":[],"policy":{"name":"standard","version":3,"sha256":"abcd"},"latency_ms":1.5}""",
            json.GetProperty("guard").GetRawText());
    }

    [Fact]
    public async Task A_blocked_prompt_is_a_refusal_when_so_configured()
    {
        await using var service = await RunningService.StartAsync(BlockedPrompt, "--GuardedZephyr:Service:BlockedPrompt=Refusal");

        var json = await RunningService.JsonOf(await service.AskAsync(stream: false));

        var choice = json.GetProperty("choices")[0];
        Assert.Equal("""{"role":"assistant","content":null,"refusal":"I cannot help with that."}""", Ordered(choice.GetProperty("message"), "role", "content", "refusal"));
        Assert.Equal("content_filter", choice.GetProperty("finish_reason").GetString());
        var (content, refusal, finish, _) = await StreamOf(service);
        Assert.Equal(("", "I cannot help with that.", "content_filter"), (content, refusal, finish));
    }

    [Fact]
    public async Task A_blocked_reply_ends_after_what_was_released()
    {
        await using var service = await RunningService.StartAsync(BlockedReply);

        var json = await RunningService.JsonOf(await service.AskAsync(stream: false));

        var message = json.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(("So far so good.", "I stop here."), (message.GetProperty("content").GetString(), message.GetProperty("refusal").GetString()));
        Assert.Equal("content_filter", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("reply", json.GetProperty("guard").GetProperty("blocked_at").GetString());
        var (content, refusal, finish, guard) = await StreamOf(service);
        Assert.Equal(("So far so good.", "I stop here.", "content_filter"), (content, refusal, finish));
        Assert.Equal("blocked", guard.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("message-1")]
    public async Task What_the_guard_did_is_told_beside_a_reply_that_passed(string? messageId)
    {
        var last = SomeReport.Last(SomeReport.Of(Outcome.Modified, RuleAction.Redact), text: "Fine.");
        last.MessageId = messageId;
        using var client = new ScriptedChatClient(last);
        await using var service = await RunningService.StartAsync(client);

        var json = await RunningService.JsonOf(await service.AskAsync(stream: false));

        Assert.Equal("redact", json.GetProperty("guard").GetProperty("action").GetString());
        Assert.Equal("redact", (await StreamOf(service)).Guard.GetProperty("action").GetString());
    }

    [Theory]
    [InlineData(RuleAction.Pseudonymise, "pseudonymise", true)]
    [InlineData(RuleAction.Mask, "mask", true)]
    [InlineData(RuleAction.Hash, "hash", true)]
    [InlineData(RuleAction.Redact, "redact", true)]
    [InlineData(RuleAction.Flag, "flag", false)]
    [InlineData(RuleAction.Allow, "allow", false)]
    public async Task A_finding_tells_what_was_done_with_it(RuleAction action, string name, bool redacted)
    {
        var found = new GuardReportFinding(Direction.Input, 0, new Finding("EMAIL_ADDRESS", 3, 5, 1, "pii"), action);
        using var client = new ScriptedChatClient(SomeReport.Last(SomeReport.Of(Outcome.Modified, action, null, found), text: "Fine."));
        await using var service = await RunningService.StartAsync(client);

        var finding = (await RunningService.JsonOf(await service.AskAsync(stream: false))).GetProperty("guard").GetProperty("findings")[0];

        Assert.Equal((name, redacted), (finding.GetProperty("action").GetString(), finding.GetProperty("redacted").GetBoolean()));
    }

    [Fact]
    public async Task A_written_answer_to_a_person_in_crisis_is_the_content()
    {
        using var client = new ScriptedChatClient(SomeReport.Last(SomeReport.Of(Outcome.Blocked, RuleAction.Respond, TurnPart.Request), "Please call 988."));
        await using var service = await RunningService.StartAsync(client);

        var json = await RunningService.JsonOf(await service.AskAsync(stream: false));

        var message = json.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(("Please call 988.", null), (message.GetProperty("content").GetString(), message.GetProperty("refusal").GetString()));
        Assert.Equal("respond", json.GetProperty("guard").GetProperty("action").GetString());
        var (content, refusal, finish, _) = await StreamOf(service);
        Assert.Equal(("Please call 988.", "", "content_filter"), (content, refusal, finish));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_prompt_that_could_not_be_judged_may_be_sent_again(bool stream)
    {
        using var client = new ScriptedChatClient(SomeReport.Last(SomeReport.Of(Outcome.Unjudged, RuleAction.Block, TurnPart.Request), "Not now."));
        await using var service = await RunningService.StartAsync(client);

        await AssertUnavailable(await service.AskAsync(stream), "guard_unavailable");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_decision_that_cannot_be_recorded_releases_nothing(bool stream)
    {
        using var client = new ScriptedChatClient { Failure = new AuditUnavailableException("The disk is full.") };
        await using var service = await RunningService.StartAsync(client);

        await AssertUnavailable(await service.AskAsync(stream), "audit_unavailable");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_queue_asks_the_client_to_come_back(bool stream)
    {
        using var client = new ScriptedChatClient { Failure = new EngineBusyException(8) };
        await using var service = await RunningService.StartAsync(client);

        await AssertUnavailable(await service.AskAsync(stream), "overloaded");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_prompt_that_does_not_fit_says_so(bool stream)
    {
        using var client = new ScriptedChatClient { Failure = new ContextLengthExceededException(5000, 4096) };
        await using var service = await RunningService.StartAsync(client);

        var response = await service.AskAsync(stream);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await RunningService.JsonOf(response)).GetProperty("error");
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.Contains("4096", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unforeseen_failure_does_not_say_its_message(bool stream)
    {
        using var client = new ScriptedChatClient { Failure = new InvalidOperationException("536-22-1234") };
        await using var service = await RunningService.StartAsync(client);

        var response = await service.AskAsync(stream);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var json = await RunningService.JsonOf(response);
        Assert.Equal("server_error", json.GetProperty("error").GetProperty("type").GetString());
        Assert.DoesNotContain("536-22", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_after_the_first_chunk_is_an_error_event_without_an_end_mark()
    {
        using var client = new ScriptedChatClient(ScriptedChatClient.Text("Once")) { Failure = new AuditUnavailableException("The disk is full.") };
        await using var service = await RunningService.StartAsync(client);

        var events = await RunningService.EventsOf(await service.AskAsync(stream: true));

        Assert.Contains("Once", events[1], StringComparison.Ordinal);
        Assert.Equal("audit_unavailable", JsonElement.Parse(events[^1]).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(3, events.Length);
    }

    private static async Task AssertUnavailable(HttpResponseMessage response, string code)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(code, (await RunningService.JsonOf(response)).GetProperty("error").GetProperty("code").GetString());
    }

    private static async Task<(string Content, string Refusal, string? FinishReason, JsonElement Guard)> StreamOf(RunningService service)
    {
        var events = await RunningService.EventsOf(await service.AskAsync(stream: true));
        var chunks = events[..^1].Select(data => JsonElement.Parse(data)).Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0).ToList();
        var last = chunks[^1];
        return (Join("content"), Join("refusal"), last.GetProperty("choices")[0].GetProperty("finish_reason").GetString(), last.GetProperty("guard"));

        string Join(string name) => string.Concat(chunks.Select(chunk =>
            chunk.GetProperty("choices")[0].GetProperty("delta").TryGetProperty(name, out var text) ? text.GetString() : ""));
    }

    /// <summary>The object's members in this order and no others.</summary>
    private static string Ordered(JsonElement element, params string[] names)
    {
        Assert.Equal(names.Order(), element.EnumerateObject().Select(member => member.Name).Order());
        return $"{{{string.Join(',', names.Select(name => $"\"{name}\":{element.GetProperty(name).GetRawText()}"))}}}";
    }
}
