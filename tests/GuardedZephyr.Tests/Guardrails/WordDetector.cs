using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>A stand-in for the classifier: judges a text as a whole and objects to one word in it. Remembers what it was shown.</summary>
internal sealed class WordDetector(string word, string label) : IDetector
{
    public List<string> Shown { get; } = [];

    public string Name => "word";

    public int? Reach => null;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        lock (Shown)
        {
            Shown.Add(text.Original);
        }

        double score = text.Original.Contains(word, StringComparison.Ordinal) ? 1 : 0;
        return ValueTask.FromResult<IReadOnlyList<Finding>>([new Finding(label, 0, text.Original.Length, score, Name)]);
    }
}
