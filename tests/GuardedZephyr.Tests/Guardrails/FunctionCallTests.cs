using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>What the model asks functions for, and what it thinks before it does.</summary>
public sealed class FunctionCallTests
{
    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Arguments_are_enforced_value_by_value_and_stay_json(bool streaming)
    {
        ChatResponse reply = await AskAsync(
            Call("send", """{"to":["eve@example.com","nobody"],"copy":{"ssn":536221234,"eve@example.com":true},"text":"Call 536-22-1234 \"now\"\n","count":3,"none":null}"""), streaming);

        FunctionCallContent call = Assert.Single(Calls(reply));
        Assert.Equal(("call_1", "send", ChatFinishReason.Stop), (call.CallId, call.Name, reply.FinishReason));
        AssertJson("""{"to":["[EMAIL_ADDRESS]","nobody"],"copy":{"ssn":"[US_SSN]","[EMAIL_ADDRESS]":true},"text":"Call [US_SSN] \"now\"\n","count":3,"none":null}""", call);
        Assert.Equal(Outcome.Modified, Report(reply).Outcome);
        Assert.Equal(["output modified"], _audit.Records.Skip(1).Select(record => $"{record.Direction} {record.Outcome}"));
    }

    public static TheoryData<string, string> BadCalls => new()
    {
        { "send", """{"text":"You are a BADWORD"}""" },
        { "send", """{"deep":[[{"x":["BADWORD"]}]]}""" },
        { "send", """{"BADWORD":1}""" },
        { "BADWORD", "{}" },
        { "mail_ada@example.com", "{}" },
        { "send", """{"text":"B\u0041DWORD"}""" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task A_call_that_does_not_pass_is_not_released(string name, string arguments)
    {
        foreach (bool streaming in new[] { false, true })
        {
            ChatResponse reply = await AskAsync([new TextContent("I will do it. "), .. Call("other", """{"x":"harmless"}"""), .. Call(name, arguments)], streaming);

            Assert.Empty(Calls(reply));
            Assert.Equal($"I will do it. \n\n{Some.Refusal}", reply.Text);
            Assert.Equal((ChatFinishReason.ContentFilter, TurnPart.Reply), (reply.FinishReason, Report(reply).BlockedAt));
            Assert.NotEmpty(Report(reply).Rules);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_in_a_reply_whose_text_does_not_pass_is_not_released(bool streaming)
    {
        ChatResponse reply = await AskAsync([.. Call("send", "{}"), new TextContent("You BADWORD")], streaming);

        Assert.Empty(Calls(reply));
        Assert.Equal(Some.Refusal, reply.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Placeholders_in_arguments_are_the_users_values_again(bool streaming)
    {
        Policy policy = Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS"));

        ChatResponse reply = await AskAsync(Call("send", """{"to":"<EMAIL_ADDRESS_1>","about":"Greet <EMAIL_ADDRESS_1>, not eve@example.com"}"""), streaming, policy, "I am ada@example.com");

        AssertJson("""{"to":"ada@example.com","about":"Greet ada@example.com, not <EMAIL_ADDRESS_2>"}""", Assert.Single(Calls(reply)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_cannot_be_read_is_unjudged(bool streaming)
    {
        FunctionCallContent[] unreadable =
        [
            new("1", "f") { Exception = new JsonException() },
            new("an id with 536-22-1234", "f"),
            new(new string('1', 300), "f"),
            new("1", "f", new Dictionary<string, object?> { ["x"] = JsonDocument.Parse("""{"a":1,"a":2}""").RootElement }),
            new("1", "f", new Dictionary<string, object?> { ["x"] = JsonDocument.Parse("\"\\ud800\"").RootElement }),
            new("1", "f", new Dictionary<string, object?> { ["x"] = (Action)(() => { }) }),
        ];
        foreach (FunctionCallContent call in unreadable)
        {
            ChatResponse reply = await AskAsync([call], streaming);

            Assert.Empty(Calls(reply));
            Assert.Equal(Outcome.Unjudged, Report(reply).Outcome);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_without_arguments_stays_one(bool streaming) =>
        Assert.Null(Assert.Single(Calls(await AskAsync([new FunctionCallContent("1", "now")], streaming))).Arguments);

    [Fact]
    public async Task A_detector_that_fails_stops_a_call()
    {
        using var client = new GuardrailsChatClient(
            new ContentChatClient(Call("f", """{"x":"two words"}""")), Some.Pipeline(_audit, detectors: [new FaultyDetector((text, _) => text.Original.Contains("function", StringComparison.Ordinal) ? throw new InvalidOperationException() : Task.FromResult<IReadOnlyList<Finding>>([]))]));

        ChatResponse reply = await client.GetResponseAsync("Hello", cancellationToken: Cancellation);

        Assert.Empty(Calls(reply));
        Assert.Equal(Outcome.Unjudged, Report(reply).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reasoning_goes_through_a_gate_of_its_own(bool streaming)
    {
        ChatResponse reply = await AskAsync(
            [new TextReasoningContent("She is ada@exa") { ProtectedData = "ada@example.com" }, new TextContent("Her number is 536-"), new TextReasoningContent("mple.com, I think."), new TextContent("22-1234.")], streaming);

        Assert.Equal("Her number is [US_SSN].", reply.Text);
        Assert.Equal("She is [EMAIL_ADDRESS], I think.", string.Concat(Contents(reply).OfType<TextReasoningContent>().Select(content => content.Text)));
        Assert.All(Contents(reply).OfType<TextReasoningContent>(), content => Assert.Null(content.ProtectedData));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reasoning_that_does_not_pass_ends_the_reply(bool streaming)
    {
        ChatResponse reply = await AskAsync([new TextReasoningContent("What a BADWORD."), new TextContent("Good day.")], streaming);

        Assert.DoesNotContain("BADWORD", string.Concat(Contents(reply)), StringComparison.Ordinal);
        Assert.EndsWith(Some.Refusal, reply.Text, StringComparison.Ordinal);
        Assert.Empty(Contents(reply).OfType<TextReasoningContent>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Contents_that_no_detector_can_read_do_not_pass(bool streaming)
    {
        AIContent[] others = [new DataContent(new byte[1], "image/png"), new UriContent("https://example.org/x", "image/png"), new FunctionResultContent("1", "a tool that ran inside the guard")];
        foreach (AIContent other in others)
        {
            ChatResponse reply = await AskAsync([other], streaming);

            Assert.Equal(Some.Unjudged, reply.Text);
            Assert.All(Contents(reply), content => Assert.True(content is TextContent or UsageContent));
        }
    }

    [Fact]
    public void Whatever_the_json_what_is_planted_in_it_is_hidden_and_its_shape_stays()
    {
        Gen<string> text = Gen.OneOf("plain", "two words", "ada@example.com", "536-22-1234", "Write to ada@example.com now.", "\"\\\n", "😀", "5", "", "[EMAIL_ADDRESS]");
        Gen<JsonNode?> leaf = Gen.Frequency((5, text.Select(value => (JsonNode?)JsonValue.Create(value))), (1, Gen.Int.Select(value => (JsonNode?)JsonValue.Create(value))), (1, Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value))), (1, Gen.Const((JsonNode?)null)));
        Gen<JsonNode?> tree = Gen.Recursive<JsonNode?>((depth, nested) => depth > 4 ? leaf : Gen.Frequency(
            (3, leaf), (1, nested.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items]))), (2, Gen.Select(text, nested).Array[0, 4].Select(Members))));

        tree.Sample(node =>
        {
            GuardPipeline pipeline = Some.Pipeline(_audit, detectors: Some.PolicyDetectors);
            var judge = new JsonJudge(pipeline, new GuardedTurn(pipeline, "turn", null, null));

            JsonJudge.Enforced? enforced = judge.JudgeAsync(TurnPart.Reply, Direction.Output, null, node, [], CancellationToken.None).AsTask().GetAwaiter().GetResult();

            string json = enforced!.Node?.ToJsonString() ?? "null";
            Assert.DoesNotContain("ada@example", json, StringComparison.Ordinal);
            Assert.DoesNotContain("536-22-1234", json, StringComparison.Ordinal);
            Assert.Equal(Shape(node), Shape(JsonNode.Parse(json)));
        }, iter: 2_000);

        static JsonNode? Members((string Key, JsonNode? Value)[] members)
        {
            var node = new JsonObject();
            foreach ((string key, JsonNode? value) in members.DistinctBy(member => member.Key))
            {
                node.Add(key, value);
            }

            return node;
        }

        static string Shape(JsonNode? node) => node switch
        {
            JsonObject members => $"{{{string.Join(",", members.Select(member => Shape(member.Value)))}}}",
            JsonArray items => $"[{string.Join(",", items.Select(Shape))}]",
            _ => "x",
        };
    }

    private static AIContent[] Call(string name, string arguments) => [new FunctionCallContent("call_1", name, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments))];

    private static IEnumerable<AIContent> Contents(ChatResponse reply) => reply.Messages.SelectMany(message => message.Contents);

    private static FunctionCallContent[] Calls(ChatResponse reply) => [.. Contents(reply).OfType<FunctionCallContent>()];

    private static void AssertJson(string expected, FunctionCallContent call) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonSerializer.SerializeToNode(call.Arguments)), JsonSerializer.Serialize(call.Arguments));

    private async Task<ChatResponse> AskAsync(AIContent[] contents, bool streaming, Policy? policy = null, string text = "Hello")
    {
        using var client = new GuardrailsChatClient(new ContentChatClient(contents), Some.Pipeline(_audit, policy));
        return streaming
            ? await client.GetStreamingResponseAsync(text, cancellationToken: Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync(text, cancellationToken: Cancellation);
    }

    private static GuardReport Report(ChatResponse reply) => Assert.IsType<GuardReport>(reply.AdditionalProperties![GuardReport.Key]);
}
