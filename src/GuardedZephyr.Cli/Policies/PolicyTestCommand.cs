using System.CommandLine;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Classification;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;

namespace GuardedZephyr.Cli;

internal static class PolicyTestCommand
{
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Files of test vectors; those in tests/ beside the policy when none is given.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> PolicyPath = new("--policy") { Description = "The policy to test in place of the one that a file names.", HelpName = "FILE" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a test." };

    public static Command Create()
    {
        var command = new Command(
            "test",
            "Run test vectors through the whole guard, classifier included, and show what came out otherwise than expected.\nExample: zephyr policy test policies/tests/standard.yaml")
        {
            Files, PolicyPath, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var pipelines = new PipelineCache();
        var policyPath = parsed.GetValue(PolicyPath);
        var files = parsed.GetValue(Files) is { Length: > 0 } given ? given : BesidePolicy(policyPath ?? AssetPath.Resolve(new GuardedZephyrOptions().Policy.Path));
        var loaded = new List<(string File, PolicyVectors Vectors)>();
        var allUsable = true;
        foreach (var file in files)
        {
            try
            {
                loaded.Add((file, PolicyVectors.Load(file, path => pipelines.Get(path).Policy, policyPath)));
            }
            catch (Exception exception) when (exception is PolicyFileException or ClassifierFolderException)
            {
                allUsable = false;
                PolicyErrors.Of(exception, exception is PolicyFileException { Path: var path } ? path : file).ToList().ForEach(error.WriteLine);
            }
        }

        return !allUsable ? ZephyrCommand.Unusable : await RunAsync(loaded, pipelines, output, parsed.GetValue(Json), cancellationToken) ? ZephyrCommand.Ok : ZephyrCommand.Found;
    }

    private static async Task<bool> RunAsync(
        IEnumerable<(string File, PolicyVectors Vectors)> loaded, PipelineCache pipelines, TextWriter output, bool asJson, CancellationToken cancellationToken)
    {
        var (count, failed) = (0, 0);
        foreach (var (file, vectors) in loaded)
        {
            foreach (var vector in vectors.Vectors)
            {
                var pipeline = pipelines.Get(vectors.PolicyPath);
                var result = VectorResult.Of(file, vector, pipeline.Policy, await pipeline.JudgeAsync(vector.Text, vector.Direction, cancellationToken));
                count++;
                failed += result.Passed ? 0 : 1;
                if (asJson)
                {
                    await output.WriteLineAsync(JsonSerializer.Serialize(result, CliJson.Lines.VectorResult));
                }
                else if (!result.Passed)
                {
                    await output.WriteLineAsync(result.ToString());
                }
            }
        }

        if (!asJson)
        {
            await output.WriteLineAsync($"{count} tests, {failed} failed");
        }

        return failed == 0;
    }

    /// <exception cref="FileNotFoundException">There are none.</exception>
    private static string[] BesidePolicy(string policyPath)
    {
        var folder = Path.Join(Path.GetDirectoryName(policyPath), "tests");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [];
        return files.Length > 0 ? [.. files.Order(StringComparer.Ordinal)] : throw new FileNotFoundException($"There are no test vectors in '{folder}': name a file.");
    }

    /// <summary>Each policy is loaded once, whatever number of files tests it.</summary>
    private sealed class PipelineCache : IDisposable
    {
        private readonly Dictionary<string, GuardPipeline> _pipelines = [];

        public GuardPipeline Get(string policyPath) =>
            _pipelines.TryGetValue(policyPath, out var loaded) ? loaded : _pipelines[policyPath] = GuardPipeline.Load(policyPath, new NoAuditLog(), AuditKey.Ephemeral());

        public void Dispose()
        {
            foreach (var pipeline in _pipelines.Values)
            {
                pipeline.Dispose();
            }
        }
    }
}
