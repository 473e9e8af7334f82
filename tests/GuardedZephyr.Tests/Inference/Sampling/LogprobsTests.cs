using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Tests.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Sampling;

public sealed class LogprobsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_token_has_the_models_own_probability_and_the_likeliest_ones_in_its_place()
    {
        using var test = new TestEngine("ab");

        var tokens = await Logprobs(test, test.Request("x") with { TopLogprobs = 2, Sampling = new() { PresencePenalty = 2, Temperature = 0 } });

        // The scripted token has a logit of 1, the other 299 have 0.
        var expected = 1 - MathF.Log(MathF.E + 299);
        Assert.Equal(expected, tokens[0].Logprob, 1e-4);
        Assert.Equal("ab", string.Concat(tokens.Select(token => (char)token.Bytes.Span[0])));
        Assert.Equal([tokens[0].Id, 0], tokens[0].Top.Select(top => top.Id));
        Assert.Equal(expected - 1, tokens[0].Top[1].Logprob, 1e-4);
    }

    [Fact]
    public async Task There_are_none_unless_asked_for_and_no_likeliest_ones_for_zero()
    {
        using var test = new TestEngine("ab");

        Assert.Empty(await Logprobs(test, test.Request("x")));
        Assert.All(await Logprobs(test, test.Request("x") with { TopLogprobs = 0 }), token => Assert.Empty(token.Top));
    }

    [Theory]
    [InlineData("one STOP two", "one ")]
    [InlineData("hellohello", "hello", "oh")]
    public async Task Tokens_of_a_stop_string_are_not_told(string reply, string told, string stop = "STOP")
    {
        using var test = new TestEngine(reply);

        var tokens = await Logprobs(test, test.Request("x", null, stop) with { TopLogprobs = 0 });

        Assert.StartsWith(string.Concat(tokens.Select(token => System.Text.Encoding.UTF8.GetString(token.Bytes.Span))), told, StringComparison.Ordinal);
        Assert.DoesNotContain(tokens, token => token.Bytes.Span.Contains((byte)'S') || token.Bytes.Span.Contains((byte)'T'));
    }

    [Fact]
    public async Task Parts_of_a_character_come_with_the_update_that_has_it()
    {
        using var test = new TestEngine("é!");

        var updates = await test.Engine.GenerateAsync(test.Request("x") with { TopLogprobs = 0 }, Cancellation).ToListAsync(Cancellation);

        Assert.Equal([("é", 2), ("!", 1)], updates.Where(update => update.Text.Length > 0).Select(update => (update.Text, update.Logprobs.Count)));
    }

    private static async Task<List<TokenLogprob>> Logprobs(TestEngine test, GenerationRequest request) =>
        [.. (await test.Engine.GenerateAsync(request, Cancellation).ToListAsync(Cancellation)).SelectMany(update => update.Logprobs)];
}
