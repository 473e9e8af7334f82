using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Objects to words that stand in the text behind what came before it. Remembers what it was shown, as <c>direction: before | before || text</c>.</summary>
internal sealed class ContextDetector(string words, string label) : IDetector
{
    public List<string> Shown { get; } = [];

    public string Name => "context";

    public int? Reach => null;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        string[] before = [.. text.Before.Select(earlier => earlier.Original)];
        Shown.Add($"{direction}: {string.Join(" | ", before)} || {text.Original}");
        double score = string.Join(' ', [.. before, text.Original]).Contains(words, StringComparison.Ordinal) ? 1 : 0;
        return ValueTask.FromResult<IReadOnlyList<Finding>>([new Finding(label, 0, text.Original.Length, score, Name)]);
    }
}
