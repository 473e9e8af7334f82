using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Service;

public sealed class ChatCompletionTests
{
    private const string Guard = """{"turn":"chatcmpl-1","outcome":"allowed","action":"allow","rules":["harm.hate"],"blocked_at":null,"findings":[],"failed_detectors":[],"policy":{"name":"standard","version":3,"sha256":"abcd"},"latency_ms":1.5}""";

    private static ScriptedChatClient Greeting => new(
        ScriptedChatClient.Text("Hello"),
        ScriptedChatClient.Text(", wörld"),
        new ChatResponseUpdate
        {
            FinishReason = ChatFinishReason.Length,
            Contents = [new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3, TotalTokenCount = 10, CachedInputTokenCount = 5 })],
        });

    [Fact]
    public async Task Reply_has_the_shape_that_openai_clients_read()
    {
        await using var service = await RunningService.StartAsync(Greeting);

        var response = await service.AskAsync(stream: false);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = await RunningService.JsonOf(response);
        Assert.Matches("^chatcmpl-[0-9a-f]{32}$", json.GetProperty("id").GetString());
        Assert.True(json.GetProperty("created").GetInt64() > 1_700_000_000);
        var rest = json.GetRawText().Replace(json.GetProperty("id").GetString()!, "ID", StringComparison.Ordinal)
            .Replace(json.GetProperty("created").GetRawText(), "0", StringComparison.Ordinal);
        Assert.Equal(
            """{"id":"ID","object":"chat.completion","created":0,"model":"zephyr-test","choices":[{"index":0,"message":{"role":"assistant","content":"Hello, wörld","refusal":null}"""
            + ""","logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":5}},"guard":""" + Guard + "}",
            rest);
    }

    [Fact]
    public async Task Streamed_reply_has_the_shape_that_openai_clients_read()
    {
        await using var service = await RunningService.StartAsync(Greeting);

        var response = await service.AskAsync(stream: true);

        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        var events = await RunningService.EventsOf(response);
        var id = JsonElement.Parse(events[0]).GetProperty("id").GetString()!;
        var created = JsonElement.Parse(events[0]).GetProperty("created").GetRawText();
        const string Head = """{"id":"ID","object":"chat.completion.chunk","created":0,"model":"zephyr-test","choices":""";
        Assert.Equal(
            [
                Head + """[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}""",
                Head + """[{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}],"usage":null}""",
                Head + """[{"index":0,"delta":{"content":", wörld"},"logprobs":null,"finish_reason":null}],"usage":null}""",
                Head + """[{"index":0,"delta":{},"logprobs":null,"finish_reason":"length"}],"usage":null,"guard":""" + Guard + "}",
                Head + """[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":5}}}""",
                "[DONE]",
            ],
            events.Select(data => data == "[DONE]" ? data : data.Replace(id, "ID", StringComparison.Ordinal).Replace(created, "0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Usage_is_streamed_only_to_those_who_ask()
    {
        await using var service = await RunningService.StartAsync(Greeting);

        var events = await RunningService.EventsOf(await service.PostAsync("""{"messages":[{"role":"user","content":"Hi"}],"stream":true}"""));

        Assert.DoesNotContain(events, data => data.Contains("prompt_tokens", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_character_that_two_updates_share_is_sent_whole()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient(ScriptedChatClient.Text("a\ud83d"), ScriptedChatClient.Text("\ude00b")));

        var events = await RunningService.EventsOf(await service.AskAsync(stream: true));

        var deltas = events[..^1].Select(data => JsonElement.Parse(data).GetProperty("choices"))
            .Where(choices => choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out _))
            .Select(choices => choices[0].GetProperty("delta").GetProperty("content").GetString());
        Assert.Equal(["", "a", "😀b"], deltas);
    }

    [Fact]
    public async Task Every_parameter_reaches_the_chat_client()
    {
        using var client = Greeting;
        await using var service = await RunningService.StartAsync(client);

        var response = await service.PostAsync("""
            {"model":"zephyr-test","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hel"},{"type":"text","text":"lo"}]},
            {"role":"assistant","content":null,"refusal":"No."},{"role":"user","content":"Why?"}],
            "max_completion_tokens":5,"max_tokens":9,"stop":["a","b"],"seed":42,"temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.05,"repetition_penalty":1.25,"presence_penalty":1.5,"frequency_penalty":-1,
            "n":1,"tools":[],"logit_bias":{"7":-100,"9":2.5},"response_format":{"type":"text"},"logprobs":true,"top_logprobs":4,"store":true,"metadata":{"a":"b"},"unknown":[{}]}
            """);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([(ChatRole.System, "Be brief."), (ChatRole.User, "Hello"), (ChatRole.Assistant, "No."), (ChatRole.User, "Why?")], client.Messages.Select(message => (message.Role, message.Text)));
        var options = client.Options!;
        Assert.Equal(5, options.MaxOutputTokens);
        Assert.Equal(["a", "b"], options.StopSequences!);
        Assert.Equal((42, 0.5f, 0.9f, 40, 1.5f, -1f), (options.Seed, options.Temperature, options.TopP, options.TopK, options.PresencePenalty, options.FrequencyPenalty));
        var more = options.AdditionalProperties!;
        Assert.Equal((0.05f, 1.25f, true, 4), (more["min_p"], more["repetition_penalty"], more["logprobs"], more["top_logprobs"]));
        Assert.Equal(new Dictionary<int, float> { [7] = -100, [9] = 2.5f }, more["logit_bias"]);
        Assert.Equal((await RunningService.JsonOf(response)).GetProperty("id").GetString(), options.AdditionalProperties!["guardedzephyr.turn"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_leaves_cancels_the_turn(bool stream)
    {
        using var client = new ScriptedChatClient(ScriptedChatClient.Text("Once upon a time")) { NeverEnds = true };
        await using var service = await RunningService.StartAsync(client);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"messages":[{"role":"user","content":"Hi"}],"stream":{{(stream ? "true" : "false")}}}""", null, "application/json"),
        };
        var sending = service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        if (stream)
        {
            (await sending).Dispose();
        }
        else
        {
            await client.Asked.WaitAsync(leaving.Token);
            await leaving.CancelAsync();
        }

        await client.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
    }
}
