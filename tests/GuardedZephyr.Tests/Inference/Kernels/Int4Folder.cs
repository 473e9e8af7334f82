using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.RandomWeights;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Tests.Inference.Kernels;

/// <summary>A small StableLM model of random 4-bit weights whose every product runs on the kernels.</summary>
internal sealed class Int4Folder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("zephyr-int4-model-").FullName;

    public Int4Folder()
    {
        var shape = new RandomShape { Name = "small", Vocabulary = 2560, Hidden = 256, Intermediate = 384, Layers = 2, Heads = 4, KeyValueHeads = 4, Context = 256 };
        RandomCheckpoint.Write(Path.Combine(_path, "checkpoint"), shape);
        StableLmExporter.Export(Path.Combine(_path, "checkpoint"), Path.Combine(_path, "model"), new ExportOptions());
        Model = ModelFolder.Load(Path.Combine(_path, "model"));
    }

    public ModelFolder Model { get; }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
