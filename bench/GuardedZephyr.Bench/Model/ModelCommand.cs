using System.CommandLine;

namespace GuardedZephyr.Bench;

internal static class ModelCommand
{
    private const int LeastRounds = 5;
    private const int ContextLength = ModelRun.LongContext + 64;
    private static readonly Option<DirectoryInfo> Work = new("--work") { Description = "Folder for the models, 12 GB; what is there is used again.", HelpName = "FOLDER", Required = true };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "The report, Markdown; an HTML version is written beside it.", HelpName = "FILE", Required = true };
    private static readonly Option<int> Rounds = new("--rounds") { Description = $"At least {LeastRounds}.", HelpName = "N", DefaultValueFactory = _ => LeastRounds };
    private static readonly Option<int> Threads = new("--threads") { Description = "Of each runtime.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };

    public static Command Create()
    {
        Rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < LeastRounds)
            {
                result.AddError($"--rounds must be at least {LeastRounds}.");
            }
        });
        var command = new Command("model-speed", "Measure how fast a model of the 3B shape runs, beside llama.cpp.") { Work, Out, Rounds, Threads };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (files, threads, rounds) = (new ModelFiles(parsed.GetValue(Work)!.FullName), parsed.GetValue(Threads), parsed.GetValue(Rounds));
        using var progress = new ProgressLine();
        files.Make(progress, cancellationToken);
        var clients = ModelRun.Clients[^1];
        var loads = ModelFiles.Blocks.ToDictionary(block => block, block => (ModelLoad[])[.. Enumerable.Range(0, rounds).Select(_ => ModelLoad.Measure(files.Ours(block), ContextLength, threads))]);
        var bandwidth = MemoryBandwidth.Measure(threads);
        LaterTurn turn = await LaterTurn.MeasureAsync(files.Ours(ModelFiles.Blocks[0]), threads, rounds, progress);
        (double Seconds, long Bytes)[] llamaLoads = [.. Enumerable.Range(0, rounds).Select(_ =>
        {
            using var alone = new LlamaPeer(files.Llama, 1, ContextLength, threads);
            return (alone.LoadSeconds, alone.ResidentBytes);
        })];
        using var llama = new LlamaPeer(files.Llama, clients, ContextLength, threads);
        IContender[] ours = [.. ModelFiles.Blocks.Select(block => new OurModel(files.Ours(block), block, clients, ContextLength, threads))];
        try
        {
            var run = new ModelRun([.. ours, llama]);
            run.Execute(rounds, progress);
            var document = ModelReport.Write(run, rounds, threads, bandwidth, loads, llamaLoads, turn);
            var report = parsed.GetValue(Out)!;
            report.Directory!.Create();
            File.WriteAllText(report.FullName, document.ToMarkdown());
            File.WriteAllText(Path.ChangeExtension(report.FullName, "html"), document.ToHtml());
            Console.WriteLine(report.FullName);
            return 0;
        }
        finally
        {
            Array.ForEach(ours, contender => contender.Dispose());
        }
    }
}
