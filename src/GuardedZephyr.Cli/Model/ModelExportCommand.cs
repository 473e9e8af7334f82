using System.CommandLine;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Cli;

internal static class ModelExportCommand
{
    private static readonly Option<string> From = new("--from") { Description = "Hugging Face folder of a StableLM model.", HelpName = "FOLDER", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "Model folder to make; nothing is left there by an export that fails.", HelpName = "FOLDER", Required = true };
    private static readonly Option<ExportPrecision> Precision = new("--precision") { Description = "Numbers that the weights are kept in.", HelpName = "PRECISION" };

    public static Command Create()
    {
        var precisions = Enum.GetNames<ExportPrecision>().Select(name => name.ToLowerInvariant()).ToArray();
        Precision.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, precisions);
        Precision.Description += $" One of {string.Join(", ", precisions)}.";
        var command = new Command("export", "Turn a StableLM checkpoint into an ONNX model folder.\nExample: zephyr model export --from stablelm-zephyr-3b --to models/zephyr-3b") { From, To, Precision };
        command.SetAction(Run);
        return command;
    }

    private static Task<int> Run(ParseResult parsed, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var bar = ProgressBar.OnErrorStream();
            StableLmExporter.Export(parsed.GetValue(From)!, parsed.GetValue(To)!, parsed.GetValue(Precision), new ExportBar(bar), cancellationToken);
            return ZephyrCommand.Ok;
        },
        cancellationToken);
}
