using System.CommandLine;
using GuardedZephyr.Modeling.RandomWeights;

namespace GuardedZephyr.Cli;

internal static class ModelRandomCommand
{
    private static readonly Option<string> Shape = new("--shape") { Description = $"Sizes of the model. One of {string.Join(", ", Names)}.", HelpName = "SHAPE", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "Hugging Face folder to make.", HelpName = "FOLDER", Required = true };
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed gives the same weights.", HelpName = "NUMBER" };
    private static readonly Option<string> Type = new("--dtype") { Description = "Numbers that the weights are kept in: bf16, fp16 or fp32.", HelpName = "DTYPE", DefaultValueFactory = _ => "bf16" };
    private static readonly Option<int?> Layers = new("--layers") { Description = "Fewer or more layers than the shape has.", HelpName = "NUMBER" };

    private static string[] Names => [.. RandomShape.All.Select(shape => shape.Name)];

    public static Command Create()
    {
        Shape.AcceptOnlyFromAmong(Names);
        Type.AcceptOnlyFromAmong("bf16", "fp16", "fp32");
        Layers.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var layers) || layers is < 1 or > 1024))
            {
                result.AddError("--layers is a number from 1 to 1024.");
            }
        });
        var command = new Command("random", "Make a StableLM checkpoint of random weights, for tests and benchmarks.\nExample: zephyr model random --shape 3b --to random-3b") { Shape, To, Seed, Type, Layers };
        command.SetAction(Run);
        return command;
    }

    private static Task<int> Run(ParseResult parsed, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var bar = ProgressBar.OnErrorStream();
            var shape = RandomShape.All.Single(shape => shape.Name == parsed.GetValue(Shape));
            shape = shape with { Layers = parsed.GetValue(Layers) ?? shape.Layers };
            var type = parsed.GetValue(Type) switch
            {
                "fp16" => "F16",
                "fp32" => "F32",
                _ => "BF16",
            };
            RandomCheckpoint.Write(parsed.GetValue(To)!, shape, type, parsed.GetValue(Seed), new ExportBar(bar, TimeProvider.System), cancellationToken);
            return ZephyrCommand.Ok;
        },
        cancellationToken);
}
