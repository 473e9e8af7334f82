using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.Checking;

namespace GuardedZephyr.Cli;

internal static class ModelCheckCommand
{
    private static readonly Argument<string> Folder = new("FOLDER") { Description = "Model folder." };
    private static readonly Option<string?> Against = new("--against") { Description = "Hugging Face folder that the model was made from; it is exported in fp32 to a temporary folder and compared.", HelpName = "FOLDER" };
    private static readonly Option<string?> Text = new("--text") { Description = "Text to read; a page of prose, code, questions and a letter when none is given.", HelpName = "FILE" };
    private static readonly Option<double?> MinAgreement = new("--min-agreement") { Description = "Share of places, from 0 to 1, that must have the same most likely token as fp32.", HelpName = "SHARE" };
    private static readonly Option<double?> MaxDivergence = new("--max-divergence") { Description = "Mean Kullback-Leibler divergence from fp32, in nats, that is allowed.", HelpName = "NATS" };
    private static readonly Option<bool> Json = new("--json") { Description = "The result as one JSON object." };

    public static Command Create()
    {
        var command = new Command(
            "check",
            "Verify a model's files, load it, read a text with it, and say how near it is to fp32. Exit code 1 when it computes nonsense or misses a bound.\n"
            + "Example: zephyr model check models/zephyr-3b --against stablelm-zephyr-3b")
        {
            Folder, Against, Text, MinAgreement, MaxDivergence, Json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Against) is null && (result.GetValue(MinAgreement) is not null || result.GetValue(MaxDivergence) is not null))
            {
                result.AddError("'--min-agreement' and '--max-divergence' need '--against'.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(Folder)!;
        var text = parsed.GetValue(Text) is { } file ? await File.ReadAllTextAsync(file, cancellationToken) : ModelCheck.DefaultText;
        if (text.Length == 0)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync("zephyr: the text is empty.");
            return ZephyrCommand.Unusable;
        }

        try
        {
            var report = await Task.Run(() => Check(parsed, path, text, cancellationToken), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(Json) ? JsonSerializer.Serialize(report, CliJson.Lines.ModelCheckReport) : report.Page);
            return report.Problems.Count == 0 ? ZephyrCommand.Ok : ZephyrCommand.Found;
        }
        catch (NotFiniteNumberException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"zephyr: {path} loads, but its logits are not finite; export it again, or with more precision.");
            return ZephyrCommand.Found;
        }
    }

    private static ModelCheckReport Check(ParseResult parsed, string path, string text, CancellationToken cancellationToken)
    {
        var folder = ModelFolder.Load(path);
        var verified = FileIndex.Verify(Path.GetFullPath(path), cancellationToken);
        using var bar = ProgressBar.OnErrorStream();
        var started = Stopwatch.GetTimestamp();
        var score = ModelCheck.Score(folder, text, new Tokens(bar), cancellationToken);
        var rate = score.Tokens / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var parity = parsed.GetValue(Against) is { } checkpoint ? ModelCheck.Compare(folder, checkpoint, text, new ExportBar(bar, TimeProvider.System), new Tokens(bar), cancellationToken) : null;
        return new ModelCheckReport(
            folder.Name, verified, folder.VocabularySize, folder.ContextLength, folder.Decoder.CacheBytes(1), score.Tokens, score.Perplexity, rate, parity,
            [.. Problems(parity, parsed.GetValue(MinAgreement), parsed.GetValue(MaxDivergence))]);
    }

    private static IEnumerable<string> Problems(Parity? parity, double? minAgreement, double? maxDivergence)
    {
        if (parity?.TopOneAgreement < minAgreement)
        {
            yield return "the most likely token agrees with fp32 less often than --min-agreement asks for";
        }

        if (parity?.MeanDivergence > maxDivergence)
        {
            yield return "the mean divergence from fp32 is over --max-divergence";
        }
    }

    private sealed class Tokens(ProgressBar bar) : IProgress<int>
    {
        public void Report(int value) => bar.Count(value, "tokens");
    }
}
