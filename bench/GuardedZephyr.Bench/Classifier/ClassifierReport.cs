using System.Globalization;
using GuardedZephyr.Classification;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

internal static class ClassifierReport
{
    /// <summary>What LLM Guard publishes for its ONNX toxicity scanner: a text of 97 characters on an m5.xlarge.</summary>
    private const double PublishedMilliseconds = 34.1;

    private const int PublishedLength = 97;
    private static readonly int[] Lengths = [PublishedLength, 200, 1_000, 4_000, 40_000, 400_000];

    public static Document Write(HarmClassifier classifier, ClassifierRun run)
    {
        ClassifierTimes[] times = [.. Lengths.Select(run.Measure)];
        var throughput = run.Throughput(200);
        return new Document("Speed of the harm classifier")
            .Paragraph($"Model `{classifier.Name}`, {classifier.Sha256[..12]}. {Machine.Description}. One thread of one session; harmless English, every text another. *Alone* is the text in its windows; *with surfaces* adds the search for hidden text, which is what a turn costs.")
            .Table(
                ["characters", "alone, p50 ms", "alone, p95 ms", "with surfaces, p50 ms", "with surfaces, p95 ms", "µs per 1,000 characters, alone", "kB allocated"],
                times.Select(row => (IReadOnlyList<string>)
                [
                    Text($"{row.Length}"), Text($"{row.Alone:0.000}"), Text($"{row.AloneSlow:0.000}"), Text($"{row.WithSurfaces:0.000}"), Text($"{row.WithSurfacesSlow:0.000}"),
                    Text($"{row.Alone * 1e6 / row.Length:0}"), Text($"{row.Bytes / 1000:0.0}"),
                ]))
            .Paragraph(Text($"All cores, 200 characters: {throughput:0} texts a second."))
            .Paragraph(Text($"LLM Guard publishes {PublishedMilliseconds} ms for its ONNX toxicity scanner on {PublishedLength} characters (another machine: an m5.xlarge); a text of that length takes {times[0].WithSurfaces:0.000} ms here, {PublishedMilliseconds / times[0].WithSurfaces:0} times less."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
