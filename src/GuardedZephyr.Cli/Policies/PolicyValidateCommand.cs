using System.CommandLine;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Classification;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;

namespace GuardedZephyr.Cli;

internal static class PolicyValidateCommand
{
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Policies; the standard policy when none is given.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a file." };

    public static Command Create()
    {
        var command = new Command(
            "validate",
            "Load policies with all that they name, as a service does when it starts; list every error with file and line.\nExample: zephyr policy validate policies/standard.yaml")
        {
            Files, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var files = parsed.GetValue(Files) is { Length: > 0 } given ? given : [AssetPath.Resolve(new GuardedZephyrOptions().Policy.Path)];
        foreach (var file in files)
        {
            using var readable = File.OpenRead(file);
        }

        var results = files.Select(Validate).ToArray();
        foreach (var result in results)
        {
            if (parsed.GetValue(Json))
            {
                output.WriteLine(JsonSerializer.Serialize(result, CliJson.Lines.PolicySummary));
            }
            else if (result.IsValid)
            {
                output.WriteLine(result);
            }
            else
            {
                result.Errors.ToList().ForEach(error.WriteLine);
            }
        }

        return results.All(result => result.IsValid) ? ZephyrCommand.Ok : ZephyrCommand.Found;
    }

    private static PolicySummary Validate(string file)
    {
        try
        {
            PolicyFile.Check(file);
            using var pipeline = GuardPipeline.Load(file, new NoAuditLog(), AuditKey.Ephemeral());
            return PolicySummary.Of(file, pipeline.Policy);
        }
        catch (Exception exception) when (exception is PolicyFileException or ClassifierFolderException)
        {
            return PolicySummary.Broken(file, PolicyErrors.Of(exception, file));
        }
    }
}
