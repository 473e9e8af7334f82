using GuardedZephyr.Modeling.RandomWeights;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Bench;

/// <summary>Random weights of the 3B shape, exported for both runtimes. Made once in a folder; what is there is used again.</summary>
internal sealed class ModelFiles(string folder)
{
    public static readonly int[] Blocks = [32, 128];

    public string Llama => Path.Combine(folder, "q4_0.gguf");

    public string Ours(int block) => Path.Combine(folder, $"int4-b{block}");

    public void Make(ProgressLine progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var shape = RandomShape.All.First(shape => shape.Name == "3b");
        var checkpoint = Path.Combine(folder, "checkpoint");
        foreach (var block in Blocks.Where(block => !Directory.Exists(Ours(block))))
        {
            if (!Directory.Exists(checkpoint))
            {
                RandomCheckpoint.Write(checkpoint, shape, progress: Report("random weights"), cancellationToken: cancellationToken);
            }

            StableLmExporter.Export(checkpoint, Ours(block), new ExportOptions { BlockSize = block }, Report($"export with blocks of {block}"), cancellationToken);
        }

        if (!File.Exists(Llama))
        {
            progress.Show("GGUF", 0, 1);
            LlamaModel.Write(Llama + ".partial", shape);
            File.Move(Llama + ".partial", Llama);
        }

        Progress Report(string what) => new(value => progress.Show(what, (int)(value.Written >> 20), (int)(value.Total >> 20)));
    }

    private sealed class Progress(Action<ExportProgress> report) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => report(value);
    }
}
