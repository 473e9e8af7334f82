using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.GenAI.Tests;

/// <summary>
/// A model that gives logits for each id of a prompt, as graphs of other exporters do, and where the highest is the id itself. (The library reads the
/// last one itself then; this project's own graphs give it the last one only.)
/// </summary>
internal sealed class EchoFolder : IDisposable
{
    public const int Vocabulary = 8;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("echo-");

    public EchoFolder()
    {
        var graph = new OnnxGraph("echo");
        var ids = graph.Input("input_ids", OnnxType.I64, "batch", "sequence");
        var table = graph.Initializer("table", [Vocabulary, Vocabulary], [.. Enumerable.Range(0, Vocabulary * Vocabulary).Select(i => i / Vocabulary == i % Vocabulary ? 1f : 0f)]);
        graph.Output(graph.Node("Gather", [table, ids], "logits"), OnnxType.F32, "batch", "sequence", Vocabulary);
        foreach (var name in new[] { "key", "value" })
        {
            var past = graph.Input($"past_key_values.0.{name}", OnnxType.F32, "batch", 1, "past", 8);
            graph.Output(graph.Node("Identity", [past], $"present.0.{name}"), OnnxType.F32, "batch", 1, "past", 8);
        }

        OnnxFile.Save(graph, Model.ModelPath, cancellationToken: TestContext.Current.CancellationToken);
        File.WriteAllText(
            Path.Combine(_folder.FullName, "genai_config.json"),
            """
            {
              "model": {
                "type": "decoder", "context_length": 64, "vocab_size": 8, "eos_token_id": 0, "pad_token_id": 1,
                "decoder": { "session_options": { "provider_options": [] }, "filename": "model.onnx", "head_size": 8, "num_key_value_heads": 1, "num_hidden_layers": 1 }
              },
              "search": { "do_sample": true, "repetition_penalty": 5.0, "min_length": 9 }
            }
            """);
    }

    public ModelFolder Model => new()
    {
        Name = "echo",
        ModelPath = Path.Combine(_folder.FullName, "model.onnx"),
        TokenizerPath = "",
        ContextLength = 64,
        VocabularySize = Vocabulary,
        EndIds = [0],
        Decoder = new DecoderShape { Layers = 1, KeyValueHeads = 1, HeadSize = 8 },
        Sampling = SamplingSettings.Greedy,
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
