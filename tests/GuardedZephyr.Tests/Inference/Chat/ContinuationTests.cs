using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Tests.Inference.Engine;
using GuardedZephyr.Tests.Inference.Tokenization;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Inference.Chat;

/// <summary>A reply that goes on from a start that is given.</summary>
public sealed class ContinuationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_that_is_continued_is_the_reply_as_if_it_had_not_been_cut(bool streaming)
    {
        using var test = new TestEngine(null, new EngineOptions { PrefillChunk = 100 });
        using var client = new ZephyrChatClient(test.Engine);
        var options = new ChatOptions { MaxOutputTokens = 6 };

        var whole = await Ask(client, streaming, options);
        var rest = await Ask(client, streaming, Continue(options), new ChatMessage(ChatRole.Assistant, whole.Text[..4]));

        Assert.Equal(6, whole.Text.Length);
        Assert.Equal(whole.Text[4..], rest.Text);
        Assert.Equal("prefill 0: 1 at 28", test.Runs.Last(run => run.StartsWith("prefill", StringComparison.Ordinal)));
        Assert.Equal((25, 2, 27), (rest.Usage!.InputTokenCount, rest.Usage.OutputTokenCount, rest.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task What_the_continuation_must_not_begin_like_is_another_at_its_first_token()
    {
        using var test = new TestEngine(null);
        using var client = new ZephyrChatClient(test.Engine);
        var options = new ChatOptions { MaxOutputTokens = 4 };

        var reply = await Ask(client, streaming: true, options);
        var other = await Ask(client, streaming: true, new ChatOptions { MaxOutputTokens = 4, AdditionalProperties = new() { [ChatOptionKeys.NotBeginning] = new[] { reply.Text } } });
        var rest = await Ask(client, streaming: true, Continue(options, reply.Text[1..]), new ChatMessage(ChatRole.Assistant, reply.Text[..1]));

        // To this model every other token is as unlikely as the end mark, which has the lowest id.
        Assert.Equal(4, reply.Text.Length);
        Assert.Equal(("", ""), (other.Text, rest.Text));
    }

    [Fact]
    public async Task Spaces_at_the_end_of_the_start_come_from_the_model_and_are_not_given_twice()
    {
        using var test = new TestEngine(" b");
        using var client = new ZephyrChatClient(test.Engine);

        var reply = await Ask(client, streaming: true, Continue(new ChatOptions()), new ChatMessage(ChatRole.Assistant, "a "));

        Assert.Equal("b", reply.Text);
    }

    [Fact]
    public async Task Usage_so_far_comes_with_every_piece_when_it_is_asked_for()
    {
        using var test = new TestEngine("ok");
        using var client = new ZephyrChatClient(test.Engine);
        var options = new ChatOptions { AdditionalProperties = new() { [ChatOptionKeys.UsageSoFar] = true } };

        var updates = await client.GetStreamingResponseAsync("", options, Cancellation).ToListAsync(Cancellation);

        Assert.Equal([1, 2], updates.Select(update => update.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.UsageSoFar)).OfType<UsageDetails>().Select(usage => usage.OutputTokenCount));
    }

    [Fact]
    public void Only_a_message_of_the_assistant_can_be_continued()
    {
        using var test = new TestEngine("ok");
        using var client = new ZephyrChatClient(test.Engine);

        Assert.Throws<ArgumentException>(() => client.GetStreamingResponseAsync("a", Continue(new ChatOptions()), Cancellation));
        Assert.Same(client, client.GetService(typeof(IChatClient), ChatOptionKeys.ContinueFinalMessage));
    }

    [Fact]
    public void Tokens_of_the_start_count_for_the_penalties()
    {
        Assert.Equal(1, new Sampler(new SamplingSettings { FrequencyPenalty = 1 }, [0, 0, 1], replyStart: 3).Next([3, 2.5f]));
        Assert.Equal(0, new Sampler(new SamplingSettings { FrequencyPenalty = 1 }, [0, 0, 1], replyStart: 1).Next([3, 2.5f]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_the_first_token_is_not_is_drawn_at_no_temperature(float temperature)
    {
        var sampler = new Sampler(new SamplingSettings { Temperature = temperature, TopK = 2, Seed = 1 }, [], notFirst: [1, 2]);

        Assert.Equal(0, sampler.Next([1, 9, 8]));
        Assert.NotEqual(0, sampler.Next([1, 90, 89]));
    }

    [Fact]
    public void All_tokens_that_a_text_can_begin_with_are_told()
    {
        using var test = new TestEngine("ok");

        var starts = test.Engine.Tokenizer.StartsOf("hello you").Select(id => test.Engine.Tokenizer.Decode([id])).Order(StringComparer.Ordinal);

        Assert.Equal(["h", "he", "hell", "hello"], starts);
        Assert.Equal([TinyTokenizer.FirstByte + 0xC3], test.Engine.Tokenizer.StartsOf("é"));
    }

    [Fact]
    public void A_start_that_is_the_whole_prompt_and_ids_that_are_none_are_refused()
    {
        using var test = new TestEngine("ok");

        Assert.Throws<ArgumentException>(() => test.Engine.GenerateAsync(test.Request("hi") with { ReplyStart = 2 }, Cancellation));
        Assert.Throws<ArgumentException>(() => test.Engine.GenerateAsync(test.Request("hi") with { NotFirst = [-1] }, Cancellation));
    }

    private static ChatOptions Continue(ChatOptions options, params string[] notBeginning)
    {
        options = options.Clone();
        options.AdditionalProperties = new() { [ChatOptionKeys.ContinueFinalMessage] = true, [ChatOptionKeys.NotBeginning] = notBeginning };
        return options;
    }

    private static Task<ChatResponse> Ask(ZephyrChatClient client, bool streaming, ChatOptions options, params ChatMessage[] after)
    {
        ChatMessage[] messages = [new(ChatRole.User, ""), .. after];
        return streaming
            ? client.GetStreamingResponseAsync(messages, options, Cancellation).ToChatResponseAsync(Cancellation)
            : client.GetResponseAsync(messages, options, Cancellation);
    }
}
