using System.CommandLine;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Cli;

internal static class ModelExportCommand
{
    private static readonly Option<string> From = new("--from") { Description = "Hugging Face folder of a StableLM model.", HelpName = "FOLDER", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "Model folder to make; nothing is left there by an export that fails.", HelpName = "FOLDER", Required = true };
    private static readonly Option<ExportPrecision> Precision = Choice("--precision", "Numbers that the weights are kept in.", ExportPrecision.Int4);
    private static readonly Option<ExportTarget> Target = Choice("--target", "What the model is to run on.", ExportTarget.Cpu);
    private static readonly Option<int> BlockSize = new("--block-size") { Description = "Weights that share a scale in int4 and int8: 32, 64 or 128. Larger is faster and coarser.", HelpName = "WEIGHTS", DefaultValueFactory = _ => 32 };
    private static readonly Option<bool> SearchScales = new("--scale-search") { Description = "Take the scale of least squared error for each block; slower, and a little more exact." };

    public static Command Create()
    {
        var command = new Command("export", "Turn a StableLM checkpoint into an ONNX model folder.\nExample: zephyr model export --from stablelm-zephyr-3b --to models/zephyr-3b")
        {
            From, To, Precision, Target, BlockSize, SearchScales,
        };
        command.SetAction(Run);
        return command;
    }

    private static Task<int> Run(ParseResult parsed, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var options = Options(parsed);
            if (options.Problem is { } problem)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"zephyr: {problem}");
                return ZephyrCommand.Unusable;
            }

            using var bar = ProgressBar.OnErrorStream();
            StableLmExporter.Export(parsed.GetValue(From)!, parsed.GetValue(To)!, options, new ExportBar(bar, TimeProvider.System), cancellationToken);
            return ZephyrCommand.Ok;
        },
        cancellationToken);

    private static ExportOptions Options(ParseResult parsed) => new()
    {
        Precision = parsed.GetValue(Precision),
        Target = parsed.GetValue(Target),
        BlockSize = parsed.GetValue(BlockSize),
        SearchScales = parsed.GetValue(SearchScales),
    };

    private static Option<T> Choice<T>(string name, string description, T otherwise) where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(value => value.ToLowerInvariant()).ToArray();
        var option = new Option<T>(name) { Description = $"{description} One of {string.Join(", ", names)}.", HelpName = name[2..].ToUpperInvariant(), DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, names);
        return option;
    }
}
