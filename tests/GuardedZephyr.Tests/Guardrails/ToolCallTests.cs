using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Tool calls and tool results on their way through the guard, in requests and replies.</summary>
public class ToolCallTests
{
    private static readonly string[] Recipients = ["ada@example.com", "nobody"];
    private static readonly string[] Insult = ["You", "BADWORD"];

    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Arguments_of_a_reply_are_enforced_and_keep_their_kinds(bool streaming)
    {
        var call = Call(new() { ["note"] = "SSN 536-22-1234", ["count"] = 3, ["urgent"] = true, ["nothing"] = null, ["to"] = Recipients });

        ChatResponse reply = await AskAsync(new SequenceChatClient([new TextContent("Sending to bob@example.org"), call]), streaming, "Send it");

        Assert.Equal(
            ["Sending to [EMAIL_ADDRESS]", """send({"note":"SSN [US_SSN]","count":3,"urgent":true,"nothing":null,"to":["[EMAIL_ADDRESS]","nobody"]})"""],
            reply.Messages.SelectMany(message => message.Contents).Select(SequenceChatClient.Describe));
        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
        Assert.Equal("call_1", Calls(reply).Single().CallId);
        Assert.Equal("message-1", reply.Messages.First(message => message.Contents.OfType<FunctionCallContent>().Any()).MessageId);
        Assert.Equal(5, reply.Usage!.OutputTokenCount);
        Assert.Equal(["input", "output", "output"], _audit.Records.Select(record => record.Direction));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_users_own_values_reach_the_function(bool streaming)
    {
        var model = new SequenceChatClient([Call(new() { ["to"] = "<EMAIL_ADDRESS_1>", ["cc"] = "eve@example.net" })]);

        ChatResponse reply = await AskAsync(model, streaming, "Write to ada@example.com", policy: Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")));

        Assert.Equal(["user: Write to <EMAIL_ADDRESS_1>"], model.Received);
        Assert.Equal("""send({"to":"ada@example.com","cc":"<EMAIL_ADDRESS_2>"})""", SequenceChatClient.Describe(Calls(reply).Single()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_in_the_middle_of_a_value_does_not_hide_it(bool streaming)
    {
        var model = new SequenceChatClient([new TextContent("Her SSN is 536-22"), Call(new() { ["to"] = "x" }), new TextContent("-1234.")]);

        ChatResponse reply = await AskAsync(model, streaming, "Send it");

        Assert.Equal("Her SSN is [US_SSN].", reply.Text);
        Assert.Single(Calls(reply));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Harm_in_a_call_or_behind_it_stops_the_call(bool streaming, bool isBehind)
    {
        AIContent[] contents = isBehind
            ? [Call(new() { ["text"] = "Hello" }), new TextContent("You BADWORD")]
            : [new TextContent("Hello"), Call(new() { ["a"] = "You", ["b"] = new { c = "BADWORD" } })];

        ChatResponse reply = await AskAsync(new SequenceChatClient(contents), streaming, "Send it");

        Assert.Empty(Calls(reply));
        Assert.Equal(ChatFinishReason.ContentFilter, reply.FinishReason);
        Assert.EndsWith(Some.Refusal, reply.Text, StringComparison.Ordinal);
        Assert.Equal(streaming && !isBehind ? null : 5, reply.Usage?.OutputTokenCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_and_results_of_a_request_are_enforced_and_keep_their_ids(bool streaming)
    {
        var model = new SequenceChatClient([new TextContent("Done.")]);
        ChatMessage[] messages =
        [
            new(ChatRole.User, "Look it up"),
            new(ChatRole.Assistant, [new TextContent("A moment, ada@example.com"), Call(new() { ["ssn"] = "536-22-1234" })]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", new { Card = 4111111111111111, Mail = "eve@example.net", Owners = new Dictionary<string, int> { ["bob@example.org"] = 1, ["cy@example.org"] = 2 } })]),
            new(ChatRole.Tool, [new FunctionResultContent("call_2", "Her SSN is 536-22-1234")]),
        ];

        await AskAsync(model, streaming, messages);

        Assert.Equal(
            [
                "user: Look it up",
                """assistant: A moment, [EMAIL_ADDRESS] | send({"ssn":"[US_SSN]"})""",
                """tool: ={"card":"[CREDIT_CARD]","mail":"[EMAIL_ADDRESS]","owners":{"[EMAIL_ADDRESS]":1,"[EMAIL_ADDRESS]_2":2}}""",
                "tool: =\"Her SSN is [US_SSN]\"",
            ],
            model.Received);
        Assert.Equal(["input", "output", "output", "tool", "tool", "output"], _audit.Records.Select(record => record.Direction));
        Assert.DoesNotContain("536-22", JsonSerializer.Serialize(_audit.Records.Select(record => record with { TextHmac = "" })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Harm_in_a_result_does_not_reach_the_model(bool streaming)
    {
        var model = new SequenceChatClient([new TextContent("unreachable")]);

        ChatResponse reply = await AskAsync(model, streaming, [new(ChatRole.User, "Look it up"), new(ChatRole.Tool, [new FunctionResultContent("call_1", Insult)])]);

        Assert.Equal(0, model.Requests);
        Assert.Equal(ChatFinishReason.ContentFilter, reply.FinishReason);
    }

    public static TheoryData<string> Unreadable => ["a call id that is text", "an image", "an endless value", "a stream"];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_cannot_be_read_as_text_is_unjudged_and_does_not_pass(string what)
    {
        FunctionResultContent result = what switch
        {
            "a call id that is text" => new("536 22 1234", "fine"),
            "an image" => new("call_1", new DataContent(new byte[] { 1 }, "image/png")),
            "an endless value" => new("call_1", new Endless()),
            _ => new("call_1", new MemoryStream()),
        };
        var model = new SequenceChatClient([new TextContent("unreachable")]);

        ChatResponse reply = await AskAsync(model, streaming: false, [new(ChatRole.Tool, [result])]);

        Assert.Equal(0, model.Requests);
        Assert.Equal(Outcome.Unjudged, Report(reply).Outcome);
    }

    [Fact]
    public async Task What_rides_along_with_calls_and_results_is_left_behind()
    {
        var call = new FunctionCallContent("call_1", "send") { Exception = new FormatException("536-22-1234"), RawRepresentation = "536-22-1234", AdditionalProperties = new() { ["raw"] = "536-22-1234" } };
        var model = new CapturingChatClient(new SequenceChatClient([call]));

        ChatResponse reply = await AskAsync(model, streaming: false, [new(ChatRole.User, "Hi"), new(ChatRole.Tool, [new FunctionResultContent("call_0", "fine") { Exception = new FormatException("536-22-1234"), RawRepresentation = "536-22-1234" }])]);

        FunctionCallContent released = Calls(reply).Single();
        Assert.DoesNotContain("536-22", released.Exception!.ToString(), StringComparison.Ordinal);
        Assert.Null(released.RawRepresentation);
        Assert.Null(released.AdditionalProperties);
        Assert.Null(released.Arguments);
        FunctionResultContent sent = model.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single();
        Assert.Null(sent.Exception);
        Assert.Null(sent.RawRepresentation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Functions_that_run_inside_the_guard_are_shown_in_order(bool streaming)
    {
        var model = new SequenceChatClient([new TextContent("One moment. "), Call(new() { ["to"] = "x" })], [new TextContent("Sent to ada@example.com")]);
        IChatClient inside = model.AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string to) => $"SSN 536-22-1234 {to}", "send")] };

        ChatResponse reply = await AskAsync(inside, streaming, [new(ChatRole.User, "Send it")], options);

        Assert.Equal(
            ["assistant: One moment. ", """assistant: send({"to":"x"})""", "tool: =\"SSN [US_SSN] x\"", "assistant: Sent to [EMAIL_ADDRESS]"],
            reply.Messages.SelectMany(message => message.Contents.Select(content => $"{message.Role}: {SequenceChatClient.Describe(content)}")));
    }

    [Fact]
    public async Task A_refusal_of_the_provider_is_judged_as_text()
    {
        ChatResponse reply = await AskAsync(new SequenceChatClient([new ErrorContent("I will not write to ada@example.com")]), streaming: false, "Send it");

        Assert.Equal("I will not write to [EMAIL_ADDRESS]", reply.Text);
    }

    private static FunctionCallContent Call(Dictionary<string, object?> arguments) => new("call_1", "send", arguments);

    private static IEnumerable<FunctionCallContent> Calls(ChatResponse reply) => reply.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>();

    private static GuardReport Report(ChatResponse reply) => Assert.IsType<GuardReport>(reply.AdditionalProperties![GuardReport.Key]);

    private Task<ChatResponse> AskAsync(IChatClient model, bool streaming, string text, Policy? policy = null) => AskAsync(model, streaming, [new(ChatRole.User, text)], policy: policy);

    private async Task<ChatResponse> AskAsync(IChatClient model, bool streaming, ChatMessage[] messages, ChatOptions? options = null, Policy? policy = null)
    {
        using var client = new GuardrailsChatClient(model, Some.Pipeline(_audit, policy));
        return streaming
            ? await client.GetStreamingResponseAsync(messages, options, Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync(messages, options, Cancellation);
    }

    /// <summary>Cannot be written as JSON.</summary>
    private sealed class Endless
    {
        public Endless Next => this;
    }

    private sealed class CapturingChatClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public List<ChatMessage> Messages { get; } = [];

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Messages.AddRange(messages);
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
