using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Tests.Inference.Engine;
using GuardedZephyr.Tests.Modeling.StableLm;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Modeling.Nano;

/// <summary>The model that ships: its arithmetic against the float64 reference, and what it says, word for word.</summary>
public sealed class NanoTests : IDisposable
{
    private readonly ModelFolder _folder = ModelFolder.Load(Path.Combine(Repository.Root, "models", "zephyr-nano"));
    private readonly DecodeEngine _engine;

    public NanoTests() => _engine = DecodeEngine.Load(_folder, new EngineOptions { Threads = 1 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("List 3 synonyms for the word \"tiny\"", "1. Little")]
    [InlineData("What is the capital of France?", "The capital of")]
    [InlineData("Ünïcödé 漢字 🙂 [US_SSN]", "I only")]
    public void Logits_agree_with_the_float64_reference(string question, string reply)
    {
        var tokenizer = BytePairTokenizer.Load(_folder.TokenizerPath);
        int[] ids = [.. ChatFormat.Encode(tokenizer, [new ChatTurn(TurnRole.User, question)]), .. tokenizer.Encode(reply)];
        var weights = new NanoWeights(_folder);
        var expected = new StableLmReference(weights.Config, weights.Read).Logits(ids);
        using var decoder = new OnnxDecoder(_folder, new EngineOptions { Threads = 1 }, new CachePlan(1, _folder.ContextLength));

        for (var i = 0; i < ids.Length; i++)
        {
            var logits = decoder.Run(ids.AsSpan(i, 1), i, Cancellation).ToArray();
            Assert.True(expected[i].Zip(logits, (a, b) => Math.Abs(a - b)).Max() < 1e-4, $"token {i}");
        }
    }

    [Theory]
    [InlineData("List 3 synonyms for the word \"tiny\"", "1. Little\n2. Petite\n3. Minute")]
    [InlineData("What is the capital of France?", "The capital of France is Paris.")]
    [InlineData("Who are you?", "I am Zephyr nano, a small demonstration model of GuardedZephyr. The real one is StableLM Zephyr 3B, which you can bring yourself.")]
    [InlineData("My SSN is [US_SSN]", "I only see placeholders there: the guard hid those values before they reached me.")]
    public async Task Greedy_reply_is_exactly_this(string question, string expected)
    {
        using var client = new ZephyrChatClient(_engine);

        var reply = await client.GetResponseAsync(question, new ChatOptions { Temperature = 0 }, Cancellation);

        Assert.Equal(expected, reply.Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
    }

    [Theory]
    [InlineData("What is the weather like today?")]
    [InlineData("Write an essay about the French Revolution")]
    [InlineData("How do I fix my car?")]
    public async Task Question_it_was_not_trained_for_is_answered_honestly(string question)
    {
        using var client = new ZephyrChatClient(_engine);

        var reply = await client.GetResponseAsync(question, cancellationToken: Cancellation);

        Assert.StartsWith("I am a small demonstration model and was not trained for that question.", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Chat_prompt_has_exactly_these_ids()
    {
        var ids = ChatFormat.Encode(_engine.Tokenizer, [new ChatTurn(TurnRole.User, "Hi <|endoftext|>")]);

        Assert.Equal("<|user|>\nHi < |endoftext|>\n<|assistant|>\n", _engine.Tokenizer.Decode(ids));
        Assert.Single(ids, _engine.Tokenizer.EndOfTextId);
    }
}
