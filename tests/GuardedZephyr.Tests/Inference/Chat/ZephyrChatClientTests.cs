using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Tests.Inference.Engine;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Inference.Chat;

public sealed class ZephyrChatClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reply_carries_text_ids_model_reason_and_usage(bool streaming)
    {
        using var test = new TestEngine("ok", new EngineOptions());
        using var client = new ZephyrChatClient(test.Engine);

        var reply = await Ask(client, "", streaming);

        Assert.Equal("ok", reply.Text);
        Assert.Equal("scripted", reply.ModelId);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
        Assert.StartsWith("chatcmpl-", reply.ResponseId, StringComparison.Ordinal);
        Assert.NotNull(reply.CreatedAt);
        var message = Assert.Single(reply.Messages);
        Assert.Equal(ChatRole.Assistant, message.Role);
        Assert.False(string.IsNullOrEmpty(message.MessageId));
        Assert.Equal((25, 2, 27), (reply.Usage?.InputTokenCount, reply.Usage?.OutputTokenCount, reply.Usage?.TotalTokenCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Limit_and_stop_sequences_of_the_options_hold(bool streaming)
    {
        using var test = new TestEngine("abcdef");
        using var client = new ZephyrChatClient(test.Engine);

        var cut = await Ask(client, "", streaming, new ChatOptions { MaxOutputTokens = 2 });
        var stopped = await Ask(client, "", streaming, new ChatOptions { StopSequences = ["cd"] });

        Assert.Equal(("ab", ChatFinishReason.Length), (cut.Text, cut.FinishReason));
        Assert.Equal(("ab", ChatFinishReason.Stop), (stopped.Text, stopped.FinishReason));
    }

    [Fact]
    public async Task Sampling_comes_from_the_model_where_the_options_are_silent()
    {
        // The scripted model gives its token a logit of 1 and the other 299 one of 0: only greedy decoding follows the script.
        using var sampling = new TestEngine("hello", defaults: new SamplingSettings { Temperature = 1 });
        using var client = new ZephyrChatClient(sampling.Engine);

        Assert.NotEqual("hello", (await Ask(client, "", false, new ChatOptions { Seed = 1 })).Text);
        Assert.Equal("hello", (await Ask(client, "", false, new ChatOptions { Temperature = 0 })).Text);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_text()
    {
        using var test = new TestEngine("hello");
        using var client = new ZephyrChatClient(test.Engine);
        var options = new ChatOptions { Temperature = 1, Seed = 42 };

        Assert.Equal((await Ask(client, "", false, options)).Text, (await Ask(client, "", false, options)).Text);
        Assert.NotEqual((await Ask(client, "", false, options)).Text, (await Ask(client, "", false, new ChatOptions { Temperature = 1, Seed = 43 })).Text);
    }

    public static TheoryData<string, ChatOptions> Refused => new()
    {
        { "tools", new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("f", "d", default)] } },
        { "JSON", new ChatOptions { ResponseFormat = ChatResponseFormat.Json } },
        { "conversation", new ChatOptions { ConversationId = "1" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_the_model_cannot_do_is_refused_at_the_call(string what, ChatOptions options)
    {
        using var test = new TestEngine("ok");
        using var client = new ZephyrChatClient(test.Engine);

        var error = Assert.Throws<NotSupportedException>(() => client.GetStreamingResponseAsync("a", options, Cancellation));

        Assert.Contains(what, error.Message, StringComparison.OrdinalIgnoreCase);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync("a", options, Cancellation));
    }

    [Fact]
    public void Content_that_is_not_text_and_other_roles_are_refused()
    {
        using var test = new TestEngine("ok");
        using var client = new ZephyrChatClient(test.Engine);

        Assert.Throws<NotSupportedException>(() => client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, [new DataContent(new byte[1], "image/png")])], null, Cancellation));
        Assert.Throws<ArgumentException>(() => client.GetStreamingResponseAsync([new ChatMessage(ChatRole.Tool, "x")], null, Cancellation));
        Assert.Throws<ArgumentException>(() => client.GetStreamingResponseAsync([], null, Cancellation));
    }

    [Fact]
    public void Conversation_that_does_not_fit_is_refused_at_the_call()
    {
        using var test = new TestEngine("ok");
        using var client = new ZephyrChatClient(test.Engine);

        Assert.Throws<ContextLengthExceededException>(() => client.GetStreamingResponseAsync(new string('q', TestEngine.Context), null, Cancellation));
    }

    [Fact]
    public async Task Instructions_become_the_first_system_message()
    {
        using var test = new TestEngine("ok", new EngineOptions { PrefillChunk = 100 });
        using var client = new ZephyrChatClient(test.Engine);

        var error = Assert.Throws<ContextLengthExceededException>(() => client.GetStreamingResponseAsync("", new ChatOptions { Instructions = "Be" }, Cancellation));

        Assert.Equal("<|system|>\nBe".Length + 1 + "\n<|user|>\n".Length + 1 + "\n<|assistant|>\n".Length, error.PromptTokens);
        Assert.Equal("ok", (await Ask(client, "", false)).Text);
    }

    [Fact]
    public async Task Concurrent_callers_each_get_their_reply()
    {
        using var test = new TestEngine("hello");
        using var client = new ZephyrChatClient(test.Engine);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ask(client, "", streaming: true)));

        Assert.All(replies, reply => Assert.Equal("hello", reply.Text));
        Assert.Equal(20, replies.Select(reply => reply.ResponseId).Distinct().Count());
    }

    [Fact]
    public void Services_tell_provider_model_and_engine()
    {
        using var test = new TestEngine("ok");
        using var client = new ZephyrChatClient(test.Engine);

        Assert.Equal("scripted", client.GetService<ChatClientMetadata>()?.DefaultModelId);
        Assert.Same(test.Engine, client.GetService<DecodeEngine>());
        Assert.Same(client, client.GetService<IChatClient>());
    }

    private static Task<ChatResponse> Ask(ZephyrChatClient client, string text, bool streaming, ChatOptions? options = null) => streaming
        ? client.GetStreamingResponseAsync(text, options, Cancellation).ToChatResponseAsync(Cancellation)
        : client.GetResponseAsync(text, options, Cancellation);
}
