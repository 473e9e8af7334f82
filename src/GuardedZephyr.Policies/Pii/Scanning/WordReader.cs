using System.Buffers;
using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>
/// Reads a text once, word by word: which recognizers can have context in it, and whether it spells something out. Immutable and thread-safe.
/// </summary>
internal sealed class WordReader
{
    /// <summary>So many characters that stand alone in a row may be a value that is spelled out ...</summary>
    public const int LeastSingles = 6;

    /// <summary>... and so many number words, of which "triple five" is two, the shortest number that counts.</summary>
    public const int LeastNumberWords = 4;

    private readonly FrozenDictionary<string, Entry> _words;
    private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly WordFilter _filter;
    private readonly (string Phrase, ulong[] Recognizers)[] _unspaced;
    private readonly SearchValues<string>? _anyUnspaced;

    /// <param name="contexts">By rank of the recognizer.</param>
    public WordReader(IReadOnlyList<ContextWords> contexts)
    {
        var ranked = contexts.Select((context, rank) => (context, rank)).ToArray();
        var masks = RankMasks.Of(ranked.SelectMany(entry => entry.context.KeyWords.Select(word => (word, entry.rank))), contexts.Count);
        var spoken = SpokenWords.Digits.Keys.Concat(SpokenWords.Repeats.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _words = masks.Keys.Concat(spoken).Concat(SpokenWords.Signs.Keys).Distinct(StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(
            word => word,
            word => new Entry(masks.GetValueOrDefault(word) ?? [], spoken.Contains(word), SpokenWords.Signs.GetValueOrDefault(word)),
            StringComparer.OrdinalIgnoreCase);
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _filter = new WordFilter(_words.Keys);
        _unspaced = [.. RankMasks.Of(ranked.SelectMany(entry => entry.context.Unspaced.Select(phrase => (phrase, entry.rank))), contexts.Count).Select(entry => (entry.Key, entry.Value))];
        _anyUnspaced = _unspaced.Length == 0 ? null : SearchValues.Create([.. _unspaced.Select(entry => entry.Phrase)], StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="context">Takes the bit of every recognizer of whose context phrases a word stands in the text; where it does not, no candidate has context.</param>
    /// <returns>Whether it is worth writing down what the text spells out. What holds for a part that is cut between words holds for the whole.</returns>
    public bool Read(ReadOnlySpan<char> text, Span<ulong> context)
    {
        var spellsOut = ReadWords(text, context);
        if (_anyUnspaced is not null && text.ContainsAnyExceptInRange('\0', '\u0DFF') && text.ContainsAny(_anyUnspaced))
        {
            foreach (var (phrase, mask) in _unspaced)
            {
                if (text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                {
                    RankMasks.Add(mask, context);
                }
            }
        }

        return spellsOut;
    }

    private bool ReadWords(ReadOnlySpan<char> text, Span<ulong> context)
    {
        var (wordStart, runStart) = (-1, 0);
        var (singles, numberWords, spellsOut) = (0, 0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var character = i < text.Length ? text[i] : ' ';
            if (ContextWords.IsWord(character))
            {
                wordStart = wordStart < 0 ? i : wordStart;
                continue;
            }

            if (wordStart >= 0)
            {
                var word = text[wordStart..i];
                if (_filter.MayHold(word) && _lookup.TryGetValue(word, out var entry))
                {
                    RankMasks.Add(entry.Recognizers, context);
                    numberWords += entry.IsNumber ? 1 : 0;
                    spellsOut |= entry.Sign == '.' || (entry.Sign == '@' && wordStart > 0 && text[wordStart - 1] is '(' or '[' or '{' or '<');
                }

                wordStart = -1;
            }

            if (character <= ' ')
            {
                var run = i - runStart;
                singles = run > 1 ? 0 : singles + run;
                spellsOut |= singles >= LeastSingles;
                runStart = i + 1;
            }
        }

        return spellsOut || numberWords >= LeastNumberWords;
    }

    private sealed record Entry(ulong[] Recognizers, bool IsNumber, char Sign);
}
