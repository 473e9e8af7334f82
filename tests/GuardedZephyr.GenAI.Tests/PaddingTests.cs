using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.GenAI.Tests;

/// <summary>With a graph that gives logits for each id, the library looks for those before trailing padding; and a folder's search settings are not the decoder's.</summary>
public sealed class PaddingTests
{
    [Theory]
    [InlineData("CPU")]
    [InlineData("DirectML")]
    public void Logits_are_those_of_the_last_id_also_when_it_pads(string device)
    {
        using var folder = new EchoFolder();
        var model = GenAiModel.Open(new GenAiSettings(Path.GetDirectoryName(folder.Model.ModelPath)!, EchoFolder.Vocabulary, 32, OnCpu: true));
        using var decoder = new GenAiDecoder(folder.Model, new CachePlan(1, 32), new HookedModel(model, device, () => { }), _ => { });
        int[][] prompts = [[5, 3], [5, 3, 1], [5, 1, 1, 1], [1], [1, 1], [1, 1, 1, 1], [0, 0]];
        foreach (var prompt in prompts)
        {
            Assert.Equal(prompt[^1], Highest(decoder.After(prompt)));
        }

        int[] steps = [4, 1, 0, 1, 7, 7, 7, 1, 1, 0, 0, 6];
        for (var i = 0; i < steps.Length; i++)
        {
            Assert.Equal(steps[i], Highest(decoder.Step(steps[i], 2 + i)));
        }
    }

    private static int Highest(float[] logits) => Array.IndexOf(logits, logits.Max());
}
