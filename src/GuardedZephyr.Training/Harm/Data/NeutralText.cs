using System.Text.RegularExpressions;

namespace GuardedZephyr.Training.Harm;

/// <summary>
/// Everyday words and sentences to fill generated prompts with, so that no frame ("explain how to ...", "write a ... about") and no ordinary
/// word looks harmful merely because the harmful sets are the only ones that use it.
/// </summary>
internal sealed partial class NeutralText
{
    private const int FewestUses = 3;

    /// <summary>A word that harmful texts use this many times as often is not neutral.</summary>
    private const double HarmfulOdds = 15;

    private NeutralText(string[] words, string[] sentences) => (Words, Sentences) = (words, sentences);

    public string[] Words { get; }

    public string[] Sentences { get; }

    public static NeutralText From(IEnumerable<Example> neutral, IEnumerable<Example> others)
    {
        var harmless = neutral.Where(example => example.Harmless).ToArray();
        var (uses, total) = Count(harmless);
        var (harmfulUses, harmfulTotal) = Count(others.Where(example => example.Labels.Contains((sbyte)1)));
        var words = uses
            .Where(use => use.Value >= FewestUses
                && (harmfulUses.GetValueOrDefault(use.Key) + 0.5) / harmfulTotal < HarmfulOdds * (use.Value + 0.5) / total)
            .Select(use => use.Key)
            .Order(StringComparer.Ordinal);
        var sentences = harmless.Select(example => example.Text).Where(text => text.Length is >= 20 and <= 240);
        return new NeutralText([.. words], [.. sentences]);
    }

    private static (Dictionary<string, int> Uses, int Total) Count(IEnumerable<Example> examples)
    {
        var uses = new Dictionary<string, int>();
        var total = 0;
        foreach (var example in examples)
        {
            foreach (var match in Word().EnumerateMatches(example.Text))
            {
                var word = example.Text.Substring(match.Index, match.Length).ToLowerInvariant();
                uses[word] = uses.GetValueOrDefault(word) + 1;
                total++;
            }
        }

        return (uses, total);
    }

    [GeneratedRegex(@"\b[a-zA-Z]{4,14}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
