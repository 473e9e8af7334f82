using System.Net;
using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Guardrails;

namespace GuardedZephyr.Tests.Service;

/// <summary>The model that ships, behind guard and endpoint, on a real port.</summary>
public sealed class EngineTurnTests : IAsyncLifetime
{
    private const string France = "What is the capital of France?";
    private const string Paris = "The capital of France is Paris.";
    private readonly DecodeEngine _engine = DecodeEngine.Load(
        ModelFolder.Load(Path.Combine(Repository.Root, "models", "zephyr-nano")), new EngineOptions { Slots = 2, ContextLength = 256, Threads = 1 });

    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await ServeAsync();

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _engine.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Usage_tells_which_prompt_tokens_were_cached(bool stream)
    {
        var first = await UsageAsync(stream, User(France));
        var second = await UsageAsync(stream, User(France), Assistant(Paris), User("And of Italy?"));

        Assert.Equal(0, first.Cached);

        // The last token of a prompt of odd length is made reusable while the engine is idle; the second turn may come before that.
        Assert.InRange(second.Cached, first.Prompt - (first.Prompt % 2), second.Prompt - 1);
        Assert.True(first.Completion > 3);
    }

    [Fact]
    public async Task Finish_reason_is_length_only_when_the_limit_was_reached()
    {
        var limited = await AskAsync("\"max_tokens\":2", France);
        var stopped = await AskAsync("\"stop\":[\" of\",\"zzz\"]", France);
        var ended = await AskAsync("\"max_tokens\":100", France);

        Assert.Equal(("length", 2), (Reason(limited), limited.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
        Assert.Equal(("stop", "The capital"), (Reason(stopped), Content(stopped)));
        Assert.Equal(("stop", Paris), (Reason(ended), Content(ended)));
    }

    [Fact]
    public async Task Logprobs_spell_the_reply()
    {
        var reply = await AskAsync("\"logprobs\":true,\"top_logprobs\":3", France);

        var places = reply.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray().ToList();
        Assert.Equal(Paris, string.Concat(places.Select(place => place.GetProperty("token").GetString())));
        Assert.Equal(Paris, System.Text.Encoding.UTF8.GetString([.. places.SelectMany(place => place.GetProperty("bytes").EnumerateArray().Select(value => value.GetByte()))]));
        Assert.All(places, place =>
        {
            var top = place.GetProperty("top_logprobs").EnumerateArray().ToList();
            Assert.Equal(3, top.Count);
            Assert.Equal(place.GetProperty("token").GetString(), top[0].GetProperty("token").GetString());
            Assert.Equal(place.GetProperty("logprob").GetSingle(), top[0].GetProperty("logprob").GetSingle());
            Assert.InRange(top[0].GetProperty("logprob").GetSingle(), top[1].GetProperty("logprob").GetSingle(), 0);
        });
    }

    [Fact]
    public async Task Logprobs_are_absent_unless_asked_for() =>
        Assert.Equal(JsonValueKind.Null, (await AskAsync("\"logprobs\":false", France)).GetProperty("choices")[0].GetProperty("logprobs").ValueKind);

    [Theory]
    [InlineData("EMAIL_ADDRESS", "The capital of France is [EMAIL_ADDRESS].")]
    [InlineData("insult", null)]
    public async Task Logprobs_never_tell_what_the_guard_took_out(string category, string? expected)
    {
        await using var service = await ServeAsync(new PatternDetector(category, "Paris", 5));

        var reply = await RunningService.JsonOf(await service.PostAsync(Body("\"logprobs\":true,\"top_logprobs\":20", User(France))));

        Assert.Equal(expected, Content(reply));
        Assert.Equal(JsonValueKind.Null, reply.GetProperty("choices")[0].GetProperty("logprobs").ValueKind);
        Assert.DoesNotContain("Paris", reply.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logprobs_are_withheld_when_the_prompt_was_changed()
    {
        var reply = await AskAsync("\"logprobs\":true", "My SSN is 536-22-1234");

        Assert.Equal("modified", reply.GetProperty("guard").GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, reply.GetProperty("choices")[0].GetProperty("logprobs").ValueKind);
    }

    [Fact]
    public async Task Bias_steers_the_reply()
    {
        var id = Assert.Single(_engine.Tokenizer.Encode("!"));

        Assert.Equal("!!!", Content(await AskAsync($$"""
            "logit_bias":{"{{id}}":100},"max_tokens":3
            """, France)));
    }

    [Fact]
    public async Task Bias_for_an_id_that_the_model_has_not_is_refused()
    {
        var response = await _service.PostAsync(Body("\"logit_bias\":{\"2560\":1}", User(France)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("logit_bias", (await RunningService.JsonOf(response)).GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task Seeded_reply_is_the_same_beside_others()
    {
        const string Settings = "\"temperature\":1.5,\"seed\":11,\"top_p\":0.95,\"min_p\":0.01,\"repetition_penalty\":1.1,\"max_tokens\":20";
        var alone = Content(await AskAsync(Settings, France));

        var together = await Task.WhenAll(AskAsync(Settings, France), AskAsync("\"max_tokens\":20", "Who are you?"), AskAsync(Settings, France));

        Assert.Equal(alone, Content(together[0]));
        Assert.Equal(alone, Content(together[2]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompt_that_does_not_fit_is_refused_with_the_code_that_clients_know(bool stream)
    {
        var response = await _service.PostAsync(Body($"\"stream\":{(stream ? "true" : "false")}", User(string.Concat(Enumerable.Repeat("one two ", 200)))));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("context_length_exceeded", (await RunningService.JsonOf(response)).GetProperty("error").GetProperty("code").GetString());
    }

    private static string User(string text) => $$"""{"role":"user","content":"{{text}}"}""";

    private static string Assistant(string text) => $$"""{"role":"assistant","content":"{{text}}"}""";

    private static string Body(string settings, params string[] messages) => $$"""{"temperature":0,{{settings}},"messages":[{{string.Join(',', messages)}}]}""".Replace("\"temperature\":0,\"temperature\"", "\"temperature\"", StringComparison.Ordinal);

    private static string Reason(JsonElement reply) => reply.GetProperty("choices")[0].GetProperty("finish_reason").GetString()!;

    private static string? Content(JsonElement reply) => reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();

    private Task<RunningService> ServeAsync(params IDetector[] detectors) =>
        RunningService.StartAsync(new GuardrailsChatClient(new ZephyrChatClient(_engine), Some.Pipeline(detectors: [.. Some.PolicyDetectors, .. detectors])));

    private async Task<JsonElement> AskAsync(string settings, string question) => await RunningService.JsonOf(await _service.PostAsync(Body(settings, User(question))));

    private async Task<(int Prompt, int Cached, int Completion)> UsageAsync(bool stream, params string[] messages)
    {
        var response = await _service.PostAsync(Body($$$"""
            "stream":{{{(stream ? "true" : "false")}}},"stream_options":{"include_usage":true}
            """, messages));
        var json = stream ? JsonElement.Parse((await RunningService.EventsOf(response))[^2]) : await RunningService.JsonOf(response);
        var usage = json.GetProperty("usage");
        return (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32());
    }
}
