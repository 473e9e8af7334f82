namespace GuardedZephyr.Policies;

/// <summary>
/// Tells by phrases of what kind a text about self-harm is: who is meant, and what is asked for. It judges no harm: its findings only choose between answers to
/// what the classifier found (a rule's <c>with</c>).
/// </summary>
public sealed class CrisisKindDetector : IDetector
{
    private readonly Dictionary<string, List<(string Kind, Phrase Phrase)>> _byFirstWord = new(StringComparer.Ordinal);

    internal CrisisKindDetector(IReadOnlyList<(string Kind, Phrase Phrase)> phrases)
    {
        Kinds = [.. phrases.Select(phrase => phrase.Kind).Distinct()];
        foreach (var phrase in phrases)
        {
            foreach (var word in phrase.Phrase.FirstWords)
            {
                if (!_byFirstWord.TryGetValue(word, out var starting))
                {
                    _byFirstWord.Add(word, starting = []);
                }

                starting.Add(phrase);
            }
        }
    }

    public string Name => "crisis-kind";

    public int? Reach => null;

    /// <summary>The categories that this detector can find.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <returns>One finding of the whole text for each kind of which a phrase stands in it.</returns>
    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var words = Phrase.Words(text.Surface);
        var found = new List<string>();
        for (var start = 0; start < words.Count && found.Count < Kinds.Count; start++)
        {
            foreach (var (kind, phrase) in _byFirstWord.GetValueOrDefault(words[start]) ?? [])
            {
                if (!found.Contains(kind) && phrase.IsAt(words, start))
                {
                    found.Add(kind);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<Finding>>([.. found.Select(kind => new Finding(kind, 0, text.Original.Length, 1, Name))]);
    }
}
