using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training;

/// <summary>Weights, optimizer state and progress in a folder that is replaced as a whole.</summary>
internal sealed class Checkpoint(string folder)
{
    private const string Weights = "weights.dat";
    private const string Optimizer = "optimizer.dat";
    private const string Progress = "progress.json";

    public void Save(Module model, OptimizerHelper optimizer, TrainingProgress progress)
    {
        var partial = Directory.CreateDirectory(folder + ".partial").FullName;
        model.save(Path.Combine(partial, Weights));
        optimizer.save_state_dict(Path.Combine(partial, Optimizer));
        File.WriteAllText(Path.Combine(partial, Progress), JsonSerializer.Serialize(progress));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(partial, folder);
    }

    /// <summary>The weights alone.</summary>
    public void Load(Module model) => model.load(Path.Combine(folder, Weights));

    public TrainingProgress? Load(Module model, OptimizerHelper optimizer)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        model.load(Path.Combine(folder, Weights));
        optimizer.load_state_dict(Path.Combine(folder, Optimizer));
        return JsonSerializer.Deserialize<TrainingProgress>(File.ReadAllText(Path.Combine(folder, Progress)));
    }
}
