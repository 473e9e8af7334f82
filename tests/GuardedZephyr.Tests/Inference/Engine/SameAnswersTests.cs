using CsCheck;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>
/// A reply is the same, ids and the bits of their log probabilities, as that of the plainest loop there is: the prompt read whole, one token at a time, nothing else in the
/// decoder before or beside it.
/// </summary>
public abstract class SameAnswersTests : IDisposable
{
    private const int Context = 160;
    private readonly ModelFolder _model;
    private readonly BytePairTokenizer _tokenizer;
    private readonly OnnxDecoder _alone;

    // They live through all samples, so that later ones find caches of earlier ones.
    private readonly DecodeEngine[] _engines;

    protected SameAnswersTests(ModelFolder model)
    {
        _model = model;
        _tokenizer = model.LoadTokenizer();
        _alone = new(model, new EngineOptions { Threads = 1 }, new CachePlan(1, Context));
        _engines =
        [
            DecodeEngine.Load(model, new EngineOptions { Slots = 1, ContextLength = Context, Threads = 1, PrefillChunk = 16 }),
            DecodeEngine.Load(model, new EngineOptions { Slots = 2, ContextLength = Context, Threads = 1, PrefillChunk = 2 }),
            DecodeEngine.Load(model, new EngineOptions { Slots = 4, ContextLength = Context, Threads = 2, PrefillChunk = 8, QueueLimit = 64 }),
        ];
    }

    [Fact]
    public Task Reply_is_the_same_in_a_batch_over_a_reused_prefix_and_after_a_cancellation() =>
        Gen.Select(Gen.Int[0, 2], Ask.Array[1, 6]).SampleAsync((engine, asks) => Check(_engines[engine], asks), iter: 60, threads: 1);

    public virtual void Dispose()
    {
        _alone.Dispose();
        Array.ForEach(_engines, engine => engine.Dispose());
        GC.SuppressFinalize(this);
    }

    private static Gen<Request> Ask { get; } =
        from start in Gen.Int[0, 3]
        from own in Gen.Int[2, 2500].Array[1, 20]
        from length in Gen.Int[1, 12]
        from seed in Gen.Int[0, 2]
        from leavesAfter in Gen.Int[0, 8]
        from later in Gen.Int[2, 2500].Array[1, 6]
        select new Request([.. Start(start), .. own], length, seed, leavesAfter, later);

    /// <summary>Four prompts' common starts; the longest has the shorter ones in it.</summary>
    private static IEnumerable<int> Start(int kind) => Enumerable.Range(0, 11 * kind).Select(i => 2 + (i * 37 % 2000));

    private async Task Check(DecodeEngine engine, Request[] asks) => await Task.WhenAll(asks.Select(async ask =>
    {
        var first = await Reply(engine, ask.First(), ask.LeavesAfter > 4 ? null : ask.LeavesAfter);
        if (first is not null)
        {
            Assert.Equal(Alone(ask.First()), first);
            var second = ask.Second(first, _tokenizer.EndOfTextId);
            Assert.Equal(Alone(second), await Reply(engine, second, null));
        }
    }));

    /// <returns>Null when the reader left before the end.</returns>
    private static async Task<Written[]?> Reply(DecodeEngine engine, GenerationRequest request, int? leavesAfter)
    {
        var (reply, updates, finished) = (new List<Written>(), 0, false);
        await foreach (var update in engine.GenerateAsync(request, TestContext.Current.CancellationToken))
        {
            reply.AddRange(update.Logprobs.Select(token => new Written(token.Id, token.Logprob)));
            finished = update.Result is not null;
            if (++updates > leavesAfter)
            {
                break;
            }
        }

        return finished ? [.. reply] : null;
    }

    private Written[] Alone(GenerationRequest request)
    {
        lock (_alone)
        {
            int[] prompt = [.. request.Prompt];
            for (var done = 0; done < prompt.Length;)
            {
                var (start, count) = PrefillCut.Next(done, prompt.Length, prompt.Length + 1, 2);
                _alone.Prefill(0, prompt.AsSpan(start, count), start, default);
                done = start + count;
            }

            var (reply, sampler) = (new List<Written>(), new Sampler(request.Sampling, prompt));
            while (reply.Count < request.MaxTokens && new Logprobs(_alone.Logits(0), 0, _tokenizer) is var logprobs && sampler.Next(_alone.Logits(0)) is var id && !_model.EndIds.Contains(id))
            {
                reply.Add(new Written(id, logprobs.Of(id).Logprob));
                if (reply.Count < request.MaxTokens)
                {
                    _alone.Step([new SlotStep(0, id, prompt.Length + reply.Count - 1)], default);
                }
            }

            return [.. reply];
        }
    }

    private readonly record struct Written(int Id, float Logprob);

    /// <param name="Seed">0 is greedy.</param>
    /// <param name="LeavesAfter">Updates after which the reader goes; over 4 is never.</param>
    private sealed record Request(int[] Prompt, int Length, int Seed, int LeavesAfter, int[] Later)
    {
        public GenerationRequest First() => Of(Prompt);

        public GenerationRequest Second(Written[] reply, int endOfText) => Of([.. Prompt, .. reply.Select(token => token.Id), endOfText, .. Later]);

        public override string ToString() => $"{Prompt.Length}+{Length} seed {Seed} leaves {LeavesAfter} later {Later.Length}";

        private GenerationRequest Of(int[] prompt) => new()
        {
            Prompt = prompt,
            MaxTokens = Length,
            TopLogprobs = 0,
            Sampling = Seed == 0 ? SamplingSettings.Greedy : new SamplingSettings { Temperature = 1.2f, TopK = Seed == 1 ? 0 : 40, TopP = 0.95f, Seed = Seed },
        };
    }
}

/// <summary>On the model that ships, with ONNX Runtime's operators.</summary>
public sealed class NanoSameAnswersTests() : SameAnswersTests(ModelFolder.Load(Path.Combine(Repository.Root, "models", "zephyr-nano")));
