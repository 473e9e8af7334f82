using System.CommandLine;
using GuardedZephyr.Modeling.Hub;

namespace GuardedZephyr.Cli;

internal static class ModelPullCommand
{
    private static readonly Argument<string> Repository = new("REPOSITORY") { Description = "owner/name, or owner/name@revision: a branch, a tag or a commit." };
    private static readonly Option<string?> To = new("--to") { Description = "Folder to download to; by default one with the model's name here. A pull that was cut off goes on where it stopped.", HelpName = "FOLDER" };

    public static Command Create()
    {
        var command = new Command(
            "pull",
            "Download a checkpoint from a hub, with every file's hash checked. HF_ENDPOINT is another hub than huggingface.co, HF_TOKEN the token for a gated or private model.\n"
            + "Example: zephyr model pull stabilityai/stablelm-zephyr-3b --to stablelm-zephyr-3b")
        {
            Repository, To,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var repository = HubRepository.Parse(parsed.GetValue(Repository)!);
        var folder = parsed.GetValue(To) ?? repository.Name.Split('/')[1];
        string commit;
        using (var bar = ProgressBar.OnErrorStream())
        {
            commit = await ModelPull.RunAsync(repository, folder, HubOptions.FromEnvironment(), new PullBar(bar, TimeProvider.System), cancellationToken);
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{repository.Name} at {commit} is in {folder}. Next: zephyr model export --from {folder} --to models/{repository.Name.Split('/')[1]}");
        return ZephyrCommand.Ok;
    }
}
