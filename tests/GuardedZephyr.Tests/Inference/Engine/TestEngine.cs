using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Tests.Inference.Tokenization;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>An engine over a fake decoder, with the tiny tokenizer.</summary>
internal sealed class TestEngine : IDisposable
{
    public const int Context = 32;
    private const int Vocabulary = 300;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-");

    public TestEngine(string reply, EngineOptions? options = null, Action<int, CancellationToken>? beforeStep = null, SamplingSettings? defaults = null)
    {
        var tokenizer = BytePairTokenizer.Load(TinyTokenizer.Write(_folder.FullName));
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
        Engine = new DecodeEngine(model, tokenizer, options ?? new EngineOptions(), Open, NullLogger.Instance, TimeProvider.System);

        IDecoder Open()
        {
            var decoder = new ScriptedDecoder(Vocabulary, [.. tokenizer.Encode(reply)]) { BeforeStep = beforeStep ?? ((_, _) => { }) };
            Decoders.Add(decoder);
            return decoder;
        }
    }

    public DecodeEngine Engine { get; }

    public List<ScriptedDecoder> Decoders { get; } = [];

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
