using System.Globalization;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

internal static class ModelReport
{
    private const double Giga = 1e9;

    /// <summary>Bytes of weights and scales that a step of the 3B shape reads: 2.65 billion weights in matrices, four bits each, and a 16-bit scale a block.</summary>
    private static double StepBytes(int block) => ((32L * ((4 * 2560 * 2560) + (3 * 2560 * 6912))) + (2560L * 50304)) * (0.5 + (2.0 / block));

    public static Document Write(
        ModelRun run, int rounds, int threads, double bandwidth, Dictionary<int, ModelLoad[]> loads, (double Seconds, long Bytes)[] llamaLoads, LaterTurn turn)
    {
        var contenders = run.Figures.Select(figure => figure.Contender).Distinct().ToList();
        var works = run.Figures.Select(figure => figure.Work).Distinct().ToList();
        var document = new Document("A model of StableLM Zephyr 3B's shape, beside llama.cpp")
            .Paragraph($"Machine: {Machine.Description}. {threads} threads each, {rounds} rounds in which the runtimes take turns; median (least to most). Random weights; int4 with scales of 16 bits, activations of a matrix rounded to 8 bits, KV cache of 16-bit floats in all three. llama.cpp runs without flash attention, its default.")
            .Paragraph($"Memory reads {N(bandwidth / Giga, "F1")} GB/s here with {threads} threads.")
            .Heading("Tokens a second")
            .Table(["work", .. contenders], works.Select(work => (IReadOnlyList<string>)[work, .. contenders.Select(contender => Spread.Of(Rates(work, contender), "F1"))]))
            .Heading("Times as fast as llama.cpp")
            .Table(["work", .. contenders[..^1]], works.Select(work => (IReadOnlyList<string>)[work, .. contenders[..^1].Select(contender => N(Median(work, contender) / Median(work, contenders[^1]), "F2"))]))
            .Heading("Share of the memory's bandwidth")
            .Paragraph($"Weights and scales that a step reads, times steps a second at a context of {ModelRun.ShortContext}, of what memory gives; the cache comes on top.")
            .Table(["runtime", "GB a step", "share"], contenders.Select((contender, i) =>
            {
                var bytes = StepBytes(i < ModelFiles.Blocks.Length ? ModelFiles.Blocks[i] : 32);
                return (IReadOnlyList<string>)[contender, N(bytes / Giga, "F2"), N(100 * bytes * Median($"decode at {ModelRun.ShortContext}", contender) / bandwidth, "F0") + " %"];
            }))
            .Heading("Four clients")
            .Table(["runtime", "times one client"], contenders.Select(contender => (IReadOnlyList<string>)[contender, N(Median(Many(4), contender) / Median(Many(1), contender), "F2")]))
            .Heading("Loading, and resident memory after a first token")
            .Paragraph($"Each in a process of its own, files in the page cache, one conversation of {ModelRun.LongContext + 64} tokens. Weights of ours are pages of the model's file, which the system can take back; the rest is the process's own.")
            .Table(["runtime", "seconds", "resident MB", "of these not of files"],
            [
                .. loads.Select(load => (IReadOnlyList<string>)[$"ours, blocks of {load.Key}", Spread.Of(load.Value.Select(value => value.Seconds), "F2"), Spread.Of(load.Value.Select(value => value.ResidentBytes / 1e6), "F0"), Spread.Of(load.Value.Select(value => value.AnonymousBytes / 1e6), "F0")]),
                [contenders[^1], Spread.Of(llamaLoads.Select(load => load.Seconds), "F2"), Spread.Of(llamaLoads.Select(load => load.Bytes / 1e6), "F0"), ""],
            ])
            .Heading("First token of later turns")
            .Paragraph($"The tenth turn of a conversation and those after it, {turn.PromptTokens.Tenth} to {turn.PromptTokens.Last} tokens of prompt, of which the last 60 are new; blocks of 32, through the engine.")
            .Table(["", "seconds"],
            [
                ["nothing cached", Spread.Of(turn.Cold, "F3")],
                ["history cached", Spread.Of(turn.Reused, "F3")],
                ["share", N(100 * Spread.Median(turn.Reused) / Spread.Median(turn.Cold), "F1") + " %"],
            ]);
        return document;

        IEnumerable<double> Rates(string work, string contender) => run.Figures.Where(figure => figure.Work == work && figure.Contender == contender).Select(figure => figure.Rate);
        double Median(string work, string contender) => Spread.Median(Rates(work, contender));
        static string Many(int clients) => $"{clients} clients at {ModelRun.ShortContext}";
    }

    private static string N(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
