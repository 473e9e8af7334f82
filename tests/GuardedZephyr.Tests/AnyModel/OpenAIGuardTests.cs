using System.ClientModel;
using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;
using OpenAI;

namespace GuardedZephyr.Tests.AnyModel;

/// <summary>The guard around OpenAI's own client, which talks to a fake of its API.</summary>
public class OpenAIGuardTests
{
    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Personal_data_passes_in_neither_direction_and_the_rest_of_a_reply_is_kept(bool streaming)
    {
        await using FakeOpenAI server = await FakeOpenAI.StartAsync(["Call 536-22", "-1234 or write to ada@exam", "ple.com."]);

        ChatResponse reply = await AskAsync(Guarded(server), streaming, "My SSN is 536-22-1234");

        Assert.Equal(["My SSN is [US_SSN]"], Sent(server));
        Assert.Equal("Call [US_SSN] or write to [EMAIL_ADDRESS].", reply.Text);
        Assert.Equal(("chatcmpl-1", "gpt-fake-2026", ChatFinishReason.Stop), (reply.ResponseId, reply.ModelId, reply.FinishReason));
        Assert.Equal((7, 5, 12), (reply.Usage!.InputTokenCount, reply.Usage.OutputTokenCount, reply.Usage.TotalTokenCount));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), reply.CreatedAt);
        Assert.Null(reply.RawRepresentation);
        Assert.Equal("gpt-fake", _audit.Records[0].Model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_insult_passes_in_neither_direction(bool streaming)
    {
        await using FakeOpenAI server = await FakeOpenAI.StartAsync(["You BAD", "WORD"]);

        ChatResponse asked = await AskAsync(Guarded(server), streaming, "You BADWORD");
        Assert.Empty(server.Requests);
        ChatResponse answered = await AskAsync(Guarded(server), streaming, "Hello");

        Assert.All([asked, answered], reply => Assert.Equal((Some.Refusal, ChatFinishReason.ContentFilter), (reply.Text, reply.FinishReason)));
        Assert.Equal([TurnPart.Request, TurnPart.Reply], new[] { asked, answered }.Select(reply => ((GuardReport)reply.AdditionalProperties![GuardReport.Key]!).BlockedAt!.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Functions_get_enforced_arguments_and_the_model_enforced_results(bool streaming)
    {
        await using FakeOpenAI server = await FakeOpenAI.StartAsync(["""{"key":""", "\"536-22-1234\"}"], ["She is well."]);
        var called = new List<string>();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string key) => Find(key), "find")] };
        using IChatClient client = Guarded(server).AsBuilder().UseFunctionInvocation().Build();

        ChatResponse reply = await AskAsync(client, streaming, "Look her up", options);

        Assert.Equal(["[US_SSN]"], called);
        Assert.Equal("She is well.", reply.Messages[^1].Text);
        JsonElement[] messages = [.. server.Requests.Last().GetProperty("messages").EnumerateArray()];
        string arguments = messages[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()!;
        Assert.Equal("[US_SSN]", JsonElement.Parse(arguments).GetProperty("key").GetString());
        Assert.Equal("call_1", messages[2].GetProperty("tool_call_id").GetString());
        Assert.Contains("[EMAIL_ADDRESS]", messages[2].GetProperty("content").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ada", messages[2].GetProperty("content").ToString(), StringComparison.Ordinal);

        object Find(string key)
        {
            called.Add(key);
            return new { Mail = "ada@example.com" };
        }
    }

    [Fact]
    public async Task Turns_at_the_same_time_do_not_see_each_other()
    {
        await using FakeOpenAI server = await FakeOpenAI.StartAsync(["You are <EMAIL_", "ADDRESS_1>."]);
        using IChatClient client = Guarded(server, Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")));

        ChatResponse[] replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => AskAsync(client, streaming: i % 2 == 0, $"I am user{i}@example.com")));

        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"You are user{i}@example.com."), replies.Select(reply => reply.Text));
        Assert.All(Sent(server), text => Assert.Equal("I am <EMAIL_ADDRESS_1>", text));
        Assert.Equal(32, _audit.Records.Select(record => record.Turn).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_keeps_its_id(bool streaming)
    {
        ChatResponse reply = await AskAsync(new GuardrailsChatClient(new SequenceChatClient([new TextContent("Hi.")]), Some.Pipeline(_audit)), streaming, "Hello", new ChatOptions { ConversationId = "conversation-7" });
        ChatResponse blocked = await AskAsync(new GuardrailsChatClient(new SequenceChatClient(), Some.Pipeline(_audit)), streaming, "You BADWORD", new ChatOptions { ConversationId = "conversation-7" });

        Assert.Equal(("conversation-7", "conversation-7"), (reply.ConversationId, blocked.ConversationId));
        Assert.All(_audit.Records, record => Assert.Equal("conversation-7", record.Conversation));
    }

    private GuardrailsChatClient Guarded(FakeOpenAI server, Policy? policy = null)
    {
        var openAI = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = server.Endpoint });
        return (GuardrailsChatClient)new ChatClientBuilder(openAI.GetChatClient("gpt-fake").AsIChatClient()).UseGuardrails(Some.Pipeline(_audit, policy)).Build();
    }

    private static IEnumerable<string> Sent(FakeOpenAI server) => server.Requests.Select(request => request.GetProperty("messages")[0].GetProperty("content").ToString());

    private static async Task<ChatResponse> AskAsync(IChatClient client, bool streaming, string text, ChatOptions? options = null) => streaming
        ? await client.GetStreamingResponseAsync(text, options, Cancellation).ToChatResponseAsync(Cancellation)
        : await client.GetResponseAsync(text, options, Cancellation);
}
