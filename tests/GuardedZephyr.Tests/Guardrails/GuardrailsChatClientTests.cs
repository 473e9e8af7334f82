using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

public class GuardrailsChatClientTests
{
    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Personal_data_of_a_request_never_reaches_the_model(bool streaming)
    {
        var model = new ScriptedChatClient("Noted.");

        ChatResponse reply = await AskAsync(model, streaming, "My SSN is 536-22-1234 and my card is 4111 1111 1111 1111");

        Assert.Equal(["user: My SSN is [US_SSN] and my card is [CREDIT_CARD]"], model.Received);
        Assert.Equal("Noted.", reply.Text);
        Assert.Equal(Outcome.Modified, Report(reply).Outcome);
        Assert.Equal(
            [(0, 10, "US_SSN", RuleAction.Redact), (0, 37, "CREDIT_CARD", RuleAction.Redact)],
            Report(reply).Findings.Select(found => (found.Message!.Value, found.Finding.Start, found.Finding.Category, found.Action)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reply_with_an_email_split_across_chunks_is_redacted(bool streaming)
    {
        ChatResponse reply = await AskAsync(new ScriptedChatClient("Write to ada@exa", "mple.org today."), streaming, "Who?");

        Assert.Equal("Write to [EMAIL_ADDRESS] today.", reply.Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_request_does_not_call_the_model(bool streaming)
    {
        var model = new ScriptedChatClient("unreachable");

        ChatResponse reply = await AskAsync(model, streaming, "You are a BADWORD");

        Assert.Empty(model.Received);
        Assert.Equal(Some.Refusal, reply.Text);
        Assert.Equal(ChatFinishReason.ContentFilter, reply.FinishReason);
        Assert.Equal(TurnPart.Request, Report(reply).BlockedAt);
        Assert.Equal(["block.insult"], Report(reply).Rules);
        Assert.Equal(Some.Refusal, reply.AdditionalProperties![GuardrailsChatClient.RefusalKey]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crisis_is_answered_by_a_persons_words_without_the_model(bool streaming)
    {
        var model = new ScriptedChatClient("unreachable");

        ChatResponse reply = await AskAsync(model, streaming, "I want to HURTME");

        Assert.Empty(model.Received);
        Assert.Equal(Some.Crisis, reply.Text);
        Assert.Equal(RuleAction.Respond, Report(reply).Action);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_reply_ends_with_the_refusal_and_stops_the_model(bool streaming)
    {
        string harmless = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));
        var model = new ScriptedChatClient([harmless, "You BADWORD. ", .. Enumerable.Repeat(harmless, 50)]);

        ChatResponse reply = await AskAsync(model, streaming, "Hello");

        Assert.Equal($"{harmless}\n\n{Some.Refusal}", reply.Text);
        Assert.Equal(ChatFinishReason.ContentFilter, reply.FinishReason);
        Assert.Equal(TurnPart.Reply, Report(reply).BlockedAt);
        Assert.True(!streaming || model.Yielded < 10, "the model went on after the block");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_and_instructions_are_judged_as_well(bool streaming)
    {
        var model = new ScriptedChatClient("Fine.");
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Contact: ada@example.com"),
            new(ChatRole.Assistant, "I know 536-22-1234"),
            new(ChatRole.User, [new TextContent("My SSN: 536-"), new TextContent("22-1234")]) { AuthorName = "536-22-1234" },
        ];

        await AskAsync(model, streaming, messages, new ChatOptions { Instructions = "Never tell 4111 1111 1111 1111" });

        Assert.Equal(["system: Contact: [EMAIL_ADDRESS]", "assistant: I know [US_SSN]", "user: My SSN: [US_SSN]"], model.Received);
        Assert.Equal("Never tell [CREDIT_CARD]", model.Options!.Instructions);
    }

    [Fact]
    public async Task A_forged_assistant_message_that_does_not_pass_blocks_the_request()
    {
        var model = new ScriptedChatClient("unreachable");

        ChatResponse reply = await AskAsync(model, streaming: true, [new ChatMessage(ChatRole.Assistant, "You BADWORD"), new ChatMessage(ChatRole.User, "Go on")]);

        Assert.Empty(model.Received);
        Assert.Equal(TurnPart.Request, Report(reply).BlockedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_that_is_not_text_does_not_pass_in_either_direction(bool streaming)
    {
        var model = new ScriptedChatClient("unreachable");
        ChatResponse asked = await AskAsync(model, streaming, [new ChatMessage(ChatRole.User, [new DataContent(new byte[1], "image/png")])]);

        Assert.Empty(model.Received);
        Assert.Equal(Some.Unjudged, asked.Text);
        Assert.Equal(Outcome.Unjudged, Report(asked).Outcome);

        ChatResponse replied = await AskAsync(new ContentChatClient(new DataContent(new byte[1], "image/png")), streaming, "Hello");

        Assert.DoesNotContain(replied.Messages.SelectMany(message => message.Contents), content => content is not TextContent);
        Assert.Equal(Outcome.Unjudged, Report(replied).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ids_and_usage_are_kept_and_nothing_else_rides_along(bool streaming)
    {
        ChatResponse reply = await AskAsync(new ScriptedChatClient("Write to ada@example.org"), streaming, "Who?");

        Assert.Equal("response-1", reply.ResponseId);
        Assert.Equal("message-1", Assert.Single(reply.Messages).MessageId);
        Assert.Equal("scripted", reply.ModelId);
        Assert.Equal(5, reply.Usage!.OutputTokenCount);
        Assert.Equal([GuardReport.Key], reply.AdditionalProperties!.Keys);
        Assert.Null(reply.RawRepresentation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_released_or_asked_when_decisions_cannot_be_recorded(bool streaming)
    {
        var model = new ScriptedChatClient("unreachable");
        _audit.IsDown = true;

        await Assert.ThrowsAsync<AuditUnavailableException>(() => AskAsync(model, streaming, "Hello"));

        Assert.Empty(model.Received);
    }

    [Fact]
    public async Task Nothing_more_is_released_when_the_log_fails_midway()
    {
        string sentence = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));
        using IChatClient client = Guarded(new ScriptedChatClient([.. Enumerable.Repeat(sentence, 5)]));
        await using IAsyncEnumerator<ChatResponseUpdate> updates = client.GetStreamingResponseAsync("Hello", cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await updates.MoveNextAsync());
        _audit.IsDown = true;

        await Assert.ThrowsAsync<AuditUnavailableException>(() => updates.MoveNextAsync().AsTask());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_decision_is_recorded_before_its_text_is_released_and_without_the_text(bool streaming)
    {
        const string Secret = "ada@example.com";
        using IChatClient client = Guarded(new ScriptedChatClient($"Write to {Secret} and say hello."));
        int recorded = 0;
        if (streaming)
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync($"I am {Secret}", cancellationToken: Cancellation))
            {
                recorded = recorded == 0 && update.Text.Length > 0 ? _audit.Records.Count : recorded;
            }
        }
        else
        {
            await client.GetResponseAsync($"I am {Secret}", cancellationToken: Cancellation);
            recorded = _audit.Records.Count;
        }

        Assert.Equal(2, recorded);
        Assert.Equal(["input modified", "output modified"], _audit.Records.Select(record => $"{record.Direction} {record.Outcome}"));
        Assert.Single(_audit.Records.Select(record => record.Turn).Distinct());
        Assert.All(_audit.Records, record => Assert.DoesNotContain("example", System.Text.Json.JsonSerializer.Serialize(record), StringComparison.Ordinal));
        Assert.Equal(Some.AuditKey.Hash($"I am {Secret}"), _audit.Records[0].TextHmac);
    }

    [Fact]
    public async Task A_turn_is_filed_under_the_id_that_the_caller_gives()
    {
        ChatOptions options = new() { AdditionalProperties = new() { [GuardrailsChatClient.TurnKey] = "chatcmpl-7" } };
        var model = new ScriptedChatClient("Hi.");

        ChatResponse reply = await AskAsync(model, streaming: true, [new ChatMessage(ChatRole.User, "Hello")], options);

        Assert.All(_audit.Records, record => Assert.Equal("chatcmpl-7", record.Turn));
        Assert.Equal("chatcmpl-7", Report(reply).Turn);
        Assert.Empty(model.Options!.AdditionalProperties!);
        Assert.Contains(GuardrailsChatClient.TurnKey, options.AdditionalProperties!.Keys);
    }

    [Fact]
    public async Task A_client_that_leaves_is_recorded_as_an_aborted_turn()
    {
        string sentence = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));
        using IChatClient client = Guarded(new ScriptedChatClient([.. Enumerable.Repeat(sentence, 5)]));

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("Hello", cancellationToken: Cancellation))
        {
            break;
        }

        Assert.Equal("aborted", _audit.Records[^1].Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failing_model_is_recorded_and_its_exception_passes_on(bool streaming)
    {
        var model = new ScriptedChatClient("Hello") { Failure = new InvalidOperationException("boom") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(model, streaming, "Hello"));

        Assert.Equal("aborted", _audit.Records[^1].Outcome);
    }

    [Fact]
    public void No_service_of_the_guarded_client_leads_round_the_guard()
    {
        var model = new ScriptedChatClient();
        using IChatClient client = Guarded(model);

        Assert.Null(client.GetService<ScriptedChatClient>());
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService(typeof(IChatClient), "any key"));
    }

    private GuardrailsChatClient Guarded(IChatClient model) => new(model, Some.Pipeline(_audit));

    private Task<ChatResponse> AskAsync(IChatClient model, bool streaming, string text) => AskAsync(model, streaming, [new ChatMessage(ChatRole.User, text)]);

    private async Task<ChatResponse> AskAsync(IChatClient model, bool streaming, ChatMessage[] messages, ChatOptions? options = null)
    {
        using GuardrailsChatClient client = Guarded(model);
        return streaming
            ? await client.GetStreamingResponseAsync(messages, options, Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync(messages, options, Cancellation);
    }

    private static GuardReport Report(ChatResponse reply) => Assert.IsType<GuardReport>(reply.AdditionalProperties![GuardReport.Key]);
}
