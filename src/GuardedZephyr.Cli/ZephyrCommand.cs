using System.CommandLine;
using GuardedZephyr.Audit;
using GuardedZephyr.Classification;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling;
using GuardedZephyr.Modeling.Hub;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>The <c>zephyr</c> command. Exit code 0: all is well; 1: something was found; 2: wrong usage or unreadable input.</summary>
internal static class ZephyrCommand
{
    public const int Ok = 0;
    public const int Found = 1;
    public const int Unusable = 2;

    private static readonly RootCommand Root = new("Tools of GuardedZephyr, a chat model behind a guard.")
    {
        new Command("audit", "Read the audit log.") { AuditQueryCommand.Create() },
        CheckCommand.Create(),
        new Command("classifier", "Measure a harm classifier.") { ClassifierEvaluateCommand.Create() },
        new Command("key", "Make keys for the service.") { KeyNewCommand.Create() },
        new Command("model", "Prepare a model.") { ModelExportCommand.Create(), ModelPullCommand.Create(), ModelCheckCommand.Create(), ModelRandomCommand.Create() },
        new Command("policy", "Write a policy: is it right, does it do what it should, why was this found or not, what would another change.")
        {
            PolicyValidateCommand.Create(), PolicyTestCommand.Create(), PolicyExplainCommand.Create(), PolicyHashCommand.Create(), PolicyDiffCommand.Create(),
        },
    };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var message = string.Join(' ', parsed.Errors[^1].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            await error.WriteLineAsync($"zephyr: {message} See 'zephyr --help'.");
            return Unusable;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (Exception exception) when (exception is AuditUnavailableException or PolicyFileException or ClassifierFolderException or CheckpointException or DetectionException
            or HubException or ModelFolderException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"zephyr: {exception.Message}");
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("zephyr: stopped.");
            return Unusable;
        }
    }
}
