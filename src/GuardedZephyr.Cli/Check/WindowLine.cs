using System.Text.Json.Serialization;
using GuardedZephyr.Classification;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>What the harm classifier gave one window of a text, read one way. Never the text.</summary>
/// <param name="Message">Index of the chat's message; absent for a single text.</param>
/// <param name="Surface">See <see cref="ExplainedWindow"/>.</param>
/// <param name="Start">Offset of the original text, as of findings.</param>
internal sealed record WindowLine(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Message, string Surface, int Start, int Length, IReadOnlyDictionary<string, double> Scores)
{
    /// <summary>Of a surface with more windows, those with the highest scores are shown.</summary>
    public const int MostOfSurface = 20;

    /// <returns>Surface by surface, the text itself first, each in the order of its text; nothing for a text that could not be judged.</returns>
    public static IEnumerable<WindowLine> Explain(GuardPipeline pipeline, GuardText text, Direction direction, int? message, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExplainedWindow> windows;
        try
        {
            windows = pipeline.ExplainHarm(text, direction, cancellationToken);
        }
        catch (DetectionException)
        {
            return []; // the verdict says so
        }

        return windows.GroupBy(window => window.Surface).SelectMany(surface => surface
            .OrderByDescending(window => window.Scores.Max(score => score.Score))
            .Take(MostOfSurface)
            .OrderBy(window => window.Start)
            .Select(window => new WindowLine(message, window.Surface, window.Start, window.Length, window.Scores.ToDictionary(score => score.Label, score => Math.Round(score.Score, 4)))));
    }
}
