using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Tests.DirectML;

internal static class Some
{
    public static ModelFolder Folder(ModelTarget target, int vocabulary = 40, int context = 64) => new()
    {
        Name = "some",
        ModelPath = Path.Combine("some", "model.onnx"),
        TokenizerPath = Path.Combine("some", "tokenizer.json"),
        ContextLength = context,
        VocabularySize = vocabulary,
        EndIds = [FakeLibrary.End],
        Decoder = new DecoderShape { Layers = 4, KeyValueHeads = 3, HeadSize = 8 },
        Target = target,
        Sampling = SamplingSettings.Greedy,
    };
}
