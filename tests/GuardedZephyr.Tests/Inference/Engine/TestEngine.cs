using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Tests.Inference.Tokenization;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>An engine over a fake decoder, with the tiny tokenizer: one token is one byte, but for "hello" and its parts.</summary>
internal sealed class TestEngine : IDisposable
{
    public const int Context = 32;
    private const int Vocabulary = 300;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-");

    /// <param name="reply">What the model writes after any prompt; null for letters that are a function of all ids before them.</param>
    public TestEngine(
        string? reply,
        EngineOptions? options = null,
        Action<int, CancellationToken>? beforeRun = null,
        SamplingSettings? defaults = null,
        Func<DecoderTraits, DecoderTraits>? traits = null,
        Action<int, float[]>? afterRun = null,
        Action? onOpen = null,
        TimeProvider? time = null)
    {
        options ??= new EngineOptions();
        var tokenizer = BytePairTokenizer.Load(TinyTokenizer.Write(_folder.FullName));
        var script = tokenizer.Encode(reply ?? "");
        var model = new ModelFolder
        {
            Name = "scripted",
            ModelPath = "model.onnx",
            TokenizerPath = "tokenizer.json",
            ContextLength = Context,
            VocabularySize = Vocabulary,
            EndIds = [0],
            Decoder = new DecoderShape { Layers = 1, KeyValueHeads = 1, HeadSize = 8 },
            Sampling = defaults ?? SamplingSettings.Greedy,
        };
        Engine = new DecodeEngine(model, tokenizer, options, new CachePlan(options.Slots ?? 1, Context), Open, NullLogger.Instance, time ?? TimeProvider.System);

        IDecoder Open(CachePlan plan)
        {
            onOpen?.Invoke();
            var some = new DecoderTraits
            {
                VocabularySize = Vocabulary,
                Slots = plan.Slots,
                ContextLength = plan.ContextLength,
                CacheBytes = 100 * plan.Slots * plan.ContextLength,
                ContinuesPrefill = true,
                CopiesPrefix = true,
                StepsEqualPrefill = true,
            };
            var decoder = new FakeDecoder(traits?.Invoke(some) ?? some, reply is null ? Letter : Scripted) { BeforeRun = beforeRun ?? ((_, _) => { }), AfterRun = afterRun ?? ((_, _) => { }) };
            Decoders.Add(decoder);
            return decoder;
        }

        int Scripted(FakeDecoder.Cache slot) => slot.Ids.Count - slot.PromptEnd is var written && written < script.Count ? script[written] : 0;

        static int Letter(FakeDecoder.Cache slot) => TinyTokenizer.FirstByte + 'a' + (int)(slot.Ids.Aggregate(17u, (hash, id) => (hash * 31) + (uint)id) % 26);
    }

    public DecodeEngine Engine { get; }

    public List<FakeDecoder> Decoders { get; } = [];

    public IReadOnlyList<string> Runs => Decoders[^1].Runs;

    public GenerationRequest Request(string prompt = "hi", int? maxTokens = null, params string[] stops) =>
        new() { Prompt = Engine.Tokenizer.Encode(prompt), MaxTokens = maxTokens, StopStrings = stops };

    public async Task<(string Text, GenerationResult Result)> Generate(GenerationRequest request)
    {
        var updates = await Engine.GenerateAsync(request, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        return (string.Concat(updates.Select(update => update.Text)), Assert.Single(updates, update => update.Result is not null).Result!);
    }

    public void Dispose()
    {
        Engine.Dispose();
        _folder.Delete(recursive: true);
    }
}
