using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.GenAI.Tests;

/// <summary>The embedded model, in this project's engine and in onnxruntime-genai.</summary>
internal static class Nano
{
    public const int Context = 256;

    public static ModelFolder Folder { get; } = ModelFolder.Load(Path.Combine(Root(), "models", "zephyr-nano"));

    public static CachePlan Plan => new(2, Context);

    public static OnnxDecoder Own() => new(Folder, new EngineOptions { Threads = 1 }, Plan);

    /// <param name="forced">As on DirectML: a prompt is appended once, then each id is forced.</param>
    /// <param name="beforeAppend">Called before each call of Append.</param>
    public static GenAiDecoder GenAi(bool forced, Action? beforeAppend = null)
    {
        var model = GenAiModel.Open(new GenAiSettings(Path.GetDirectoryName(Folder.ModelPath)!, Folder.VocabularySize, Context, OnCpu: false));
        Assert.Equal("CPU", model.Device);
        return new GenAiDecoder(Folder, Plan, new HookedModel(model, forced ? "DirectML" : model.Device, beforeAppend ?? (() => { })), _ => { });
    }

    public static float[] After(this IDecoder decoder, params int[] ids)
    {
        decoder.Prefill(0, ids, 0, TestContext.Current.CancellationToken);
        return decoder.Logits(0).ToArray();
    }

    public static float[] Step(this IDecoder decoder, int id, int past)
    {
        decoder.Step([new SlotStep(0, id, past)], TestContext.Current.CancellationToken);
        return decoder.Logits(0).ToArray();
    }

    public static void AssertClose(float[] expected, float[] actual) => Assert.InRange(expected.Zip(actual, (a, b) => MathF.Abs(a - b)).Max(), 0, 1e-3f);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GuardedZephyr.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
