using System.CommandLine;
using Spectre.Console;

namespace GuardedZephyr.Training.Harm;

internal static class HarmCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder with train/, and dev-only/ and redteam/ to measure on.", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the classifier.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of sampling, generation and training.", DefaultValueFactory = _ => 1 };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training rows.", DefaultValueFactory = _ => 3 };
        var networks = new Option<string[]>("--networks") { Description = $"What to train and compare: {string.Join(", ", HarmNetworks.Names)}.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. HarmNetworks.Names] };
        var checkpoints = new Option<DirectoryInfo>("--checkpoints") { Description = "Folder for trained weights; a network that is complete there is not trained again.", Required = true };
        var command = new Command("harm", "Trains the harm classifier, exports it to ONNX, measures it and writes its card.") { data, output, seed, epochs, networks, checkpoints };
        command.SetAction(parsed =>
        {
            var settings = new HarmSettings(
                parsed.GetValue(data)!.FullName, parsed.GetValue(output)!.FullName, parsed.GetValue(seed), parsed.GetValue(epochs), parsed.GetValue(networks)!, parsed.GetValue(checkpoints)!.FullName);
            new HarmRun(settings, AnsiConsole.Console).Execute();
        });
        return command;
    }
}
