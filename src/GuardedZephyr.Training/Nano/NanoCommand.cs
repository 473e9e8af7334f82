using System.CommandLine;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Training.Nano.Lessons;
using GuardedZephyr.Training.Nano.Tokenizer;
using Spectre.Console;
using TorchSharp;

namespace GuardedZephyr.Training.Nano;

internal static class NanoCommand
{
    private const int TokenizerConversations = 20000;

    public static Command Create()
    {
        var outFolder = new Option<DirectoryInfo>("--out") { Required = true, Description = "Model folder to write." };
        var work = new Option<DirectoryInfo?>("--work") { Description = "Folder for checkpoints and the Hugging Face form (default: <out>.training)." };
        var steps = new Option<int?>("--steps") { Description = "Training steps (default: as many as --minutes allow)." };
        var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 25, Description = "Training time to aim for when --steps is not given." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 7 };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 2, Description = "Threads for libtorch." };
        var resume = new Option<bool>("--resume") { Description = "Go on from the last checkpoint; with --steps, to that many in all." };
        var command = new Command("nano", "Trains models/zephyr-nano, the demonstration model.") { outFolder, work, steps, minutes, seed, threads, resume };
        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = new TrainingSettings
            {
                Seed = arguments.GetValue(seed),
                Steps = arguments.GetValue(steps),
                Minutes = arguments.GetValue(minutes),
                Threads = arguments.GetValue(threads),
                Resume = arguments.GetValue(resume),
            };
            var target = arguments.GetRequiredValue(outFolder).FullName;
            Run(settings, arguments.GetValue(work)?.FullName ?? target + ".training", target, cancellationToken);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Run(TrainingSettings settings, string workFolder, string target, CancellationToken cancellationToken)
    {
        var checkpointFolder = Directory.CreateDirectory(Path.Combine(workFolder, "hugging-face")).FullName;
        var curriculum = new Curriculum(LessonFile.Load());
        var tokenizerPath = Path.Combine(checkpointFolder, "tokenizer.json");
        if (!settings.Resume || !File.Exists(tokenizerPath))
        {
            var random = new Random(settings.Seed);
            var texts = Enumerable.Range(0, TokenizerConversations).SelectMany(_ => curriculum.Draw(random))
                .Select(turn => $"<|{turn.Role.ToString().ToLowerInvariant()}|>\n{turn.Content}");
            TokenizerWriter.Write(checkpointFolder, BytePairTrainer.Learn(texts, NanoShape.Merges, cancellationToken));
        }

        var tokenizer = BytePairTokenizer.Load(tokenizerPath);
        torch.set_num_threads(settings.Threads);
        torch.manual_seed(settings.Seed);
        using var model = new NanoModel(tokenizer.VocabularySize);
        AnsiConsole.MarkupLine($"{model.parameters().Sum(parameter => parameter.numel()):N0} parameters, vocabulary {tokenizer.VocabularySize}, {curriculum.Lessons.Count} lessons");
        var steps = new NanoTrainer(model, tokenizer, curriculum, settings, workFolder).Train(cancellationToken);
        AnsiConsole.MarkupLine($"trained {steps} steps");
        NanoCheckpointWriter.Write(checkpointFolder, model, tokenizer.VocabularySize);
        Export(checkpointFolder, Path.Combine(workFolder, "export"), target, cancellationToken);
        new HeldOutReport(model, tokenizer, curriculum, settings.Seed).Print();
    }

    /// <summary>Replaces the target's files by those of a complete export, and leaves others (the model card) alone.</summary>
    private static void Export(string checkpointFolder, string exportFolder, string target, CancellationToken cancellationToken)
    {
        if (Directory.Exists(exportFolder))
        {
            Directory.Delete(exportFolder, recursive: true);
        }

        StableLmExporter.Export(checkpointFolder, exportFolder, ExportPrecision.Fp16, cancellationToken: cancellationToken);
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(exportFolder))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
    }
}
