using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Modeling.Checking;

/// <summary>Measures an exported model on a text: by itself, and against the checkpoint that it was made from.</summary>
public static class ModelCheck
{
    private const string Resource = "GuardedZephyr.Modeling.Checking.text.txt";

    /// <summary>Prose, a recipe, code, questions and a letter, about 800 tokens in all; written for this project.</summary>
    public static string DefaultText
    {
        get
        {
            using var reader = new StreamReader(typeof(ModelCheck).Assembly.GetManifestResourceStream(Resource)!);
            return reader.ReadToEnd();
        }
    }

    /// <param name="progress">Tokens done.</param>
    /// <exception cref="ModelFolderException">The model cannot be loaded or run.</exception>
    /// <exception cref="NotFiniteNumberException">It computes nonsense.</exception>
    public static TextScore Score(ModelFolder folder, string text, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var reading = Reading(folder, text);
        var loss = 0.0;
        reading.Run(folder, (place, id, probabilities) =>
        {
            loss -= probabilities[id];
            progress?.Report(place + 1);
        }, cancellationToken);
        return new TextScore(reading.Tokens, Math.Exp(loss / reading.Tokens));
    }

    /// <summary>Exports the checkpoint in fp32 beside nothing else, reads the text through both models, one after the other, and compares.</summary>
    /// <param name="checkpoint">Hugging Face folder.</param>
    /// <param name="export">Of the fp32 model, which takes four bytes a weight of temporary space while this runs.</param>
    /// <param name="reading">Tokens done, of two times the text.</param>
    /// <exception cref="CheckpointException">The checkpoint cannot be exported, or is not of this model.</exception>
    /// <exception cref="ModelFolderException">The model cannot be loaded or run.</exception>
    /// <exception cref="NotFiniteNumberException">One of them computes nonsense.</exception>
    public static Parity Compare(
        ModelFolder folder, string checkpoint, string text, IProgress<ExportProgress>? export = null, IProgress<int>? reading = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var plan = Reading(folder, text);
        var scratch = Directory.CreateTempSubdirectory("zephyr-check-");
        try
        {
            var truthPath = Path.Combine(scratch.FullName, "truth");
            StableLmExporter.Export(checkpoint, truthPath, new ExportOptions { Precision = ExportPrecision.Fp32 }, export, cancellationToken);
            var truth = ModelFolder.Load(truthPath);
            RequireSame(folder, truth, checkpoint, text);

            // One model in memory at a time: what the truth says waits in a file.
            using var rows = File.Create(Path.Combine(scratch.FullName, "rows"), 1 << 16);
            var truthLoss = 0.0;
            plan.Run(truth, (place, id, probabilities) =>
            {
                truthLoss -= probabilities[id];
                rows.Write(MemoryMarshal.AsBytes(probabilities.AsSpan()));
                reading?.Report(place + 1);
            }, cancellationToken);
            Directory.Delete(truthPath, recursive: true);
            rows.Position = 0;
            return Compare(folder, plan, rows, truthLoss, reading, cancellationToken);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static Parity Compare(ModelFolder folder, TextReading plan, FileStream rows, double truthLoss, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var truth = new float[folder.VocabularySize];
        var (agreed, loss, sum, max) = (0, 0.0, 0.0, 0.0);
        plan.Run(folder, (place, id, probabilities) =>
        {
            rows.ReadExactly(MemoryMarshal.AsBytes(truth.AsSpan()));
            var divergence = LogProbabilities.Divergence(truth, probabilities);
            agreed += Best(truth) == Best(probabilities) ? 1 : 0;
            loss -= probabilities[id];
            (sum, max) = (sum + divergence, Math.Max(max, divergence));
            progress?.Report(plan.Tokens + place + 1);
        }, cancellationToken);
        var tokens = plan.Tokens;
        return new Parity(tokens, (double)agreed / tokens, sum / tokens, max, Math.Exp(loss / tokens), Math.Exp(truthLoss / tokens));
    }

    private static TextReading Reading(ModelFolder folder, string text)
    {
        var reading = TextReading.Of(text, folder.LoadTokenizer(), folder);
        return reading.Tokens > 0 ? reading : throw new ArgumentException("The text is empty.", nameof(text));
    }

    private static void RequireSame(ModelFolder folder, ModelFolder truth, string checkpoint, string text)
    {
        if (truth.VocabularySize != folder.VocabularySize || truth.Decoder.Layers != folder.Decoder.Layers || !truth.LoadTokenizer().Encode(text).SequenceEqual(folder.LoadTokenizer().Encode(text)))
        {
            throw new CheckpointException(checkpoint, $"not what {folder.Name} was made from: its vocabulary, its layers or its tokenizer are others; give the checkpoint of that model");
        }
    }

    private static int Best(ReadOnlySpan<float> probabilities) => TensorPrimitives.IndexOfMax(probabilities);
}
