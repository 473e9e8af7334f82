using Spectre.Console;

namespace GuardedZephyr.Training.Harm;

internal sealed class HarmRun(HarmSettings settings, IAnsiConsole console)
{
    public void Execute()
    {
        TorchSharp.torch.set_num_threads(2);
        var folder = Path.Combine(AppContext.BaseDirectory, "Harm");
        var catalog = HarmCatalog.Load(Path.Combine(folder, "sources.yaml"));
        string[] labels = [.. catalog.Labels.Keys];
        var data = HarmDataset.Load(settings.Data, catalog, folder, settings.Seed);
        console.MarkupLineInterpolated($"{data.Training.Count} rows of sets, {data.Generated(0).Count()} generated, {data.Development.Count} development rows, {data.Measured.Count} measured sets");
        Directory.CreateDirectory(settings.Checkpoints);
        foreach (var name in settings.Networks)
        {
            TorchSharp.torch.random.manual_seed(settings.Seed);
            using var network = HarmNetworks.Create(name, data, labels.Length);
            new HarmTrainer(data, settings, console).Fit(network, settings.Epochs, epoch =>
            {
                console.WriteLine($"{name}, epoch {epoch}: {Selection.Measure(network, data, labels)}");
                network.save(Path.Combine(settings.Checkpoints, name + ".dat"));
            });
        }
    }
}
