using System.Text;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>Unicode normalization forms (UAX #15). A lone surrogate stands for itself.</summary>
internal sealed class UnicodeForm(bool compatible, bool composed)
{
    // Hangul syllables are composed by a formula (The Unicode Standard, section 3.12).
    private const int LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, SyllableBase = 0xAC00;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>Characters below this are what they are in every form.</summary>
    private const char FirstThatChanges = '\u00A0';

    private static readonly Dictionary<string, UnicodeForm> Names = new()
    {
        ["NFC"] = new(compatible: false, composed: true),
        ["NFD"] = new(compatible: false, composed: false),
        ["NFKC"] = new(compatible: true, composed: true),
        ["NFKD"] = new(compatible: true, composed: false),
    };

    private readonly UnicodeData _data = UnicodeData.Current;

    /// <summary>The form that a tokenizer.json calls by this name, or null.</summary>
    public static UnicodeForm? Named(string name) => Names.GetValueOrDefault(name);

    public string Normalize(string text)
    {
        if (!MayChange(text))
        {
            return text;
        }

        var characters = new List<int>(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            i += CodePoint.Read(text, i, out var character);
            Decompose(character, characters);
        }

        Order(characters);
        if (composed)
        {
            Compose(characters);
        }

        var result = new StringBuilder(characters.Count + 16);
        foreach (var character in characters)
        {
            CodePoint.Append(result, character);
        }

        return result.ToString();
    }

    private bool MayChange(string text)
    {
        var i = text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstThatChanges - 1));
        if (i < 0)
        {
            return false;
        }

        if (compatible || !composed)
        {
            return true;
        }

        while (i < text.Length)
        {
            i += CodePoint.Read(text, i, out var character);
            if (character is (>= LeadBase and <= 0x11FF) || _data.MayChange(character))
            {
                return true;
            }
        }

        return false;
    }

    private void Decompose(int character, List<int> into)
    {
        var syllable = character - SyllableBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            into.Add(LeadBase + (syllable / (Vowels * Tails)));
            into.Add(VowelBase + (syllable % (Vowels * Tails) / Tails));
            if (syllable % Tails != 0)
            {
                into.Add(TailBase + (syllable % Tails));
            }

            return;
        }

        if (compatible && _data.Compatible(character) is { } whole)
        {
            into.AddRange(whole);
        }
        else if (_data.Canonical(character) is { } parts)
        {
            foreach (var part in parts)
            {
                Decompose(part, into);
            }
        }
        else
        {
            into.Add(character);
        }
    }

    /// <summary>Sorts each run of marks by class; marks of one class keep their order.</summary>
    private void Order(List<int> characters)
    {
        for (var start = 0; start < characters.Count; start++)
        {
            if (_data.ClassOf(characters[start]) == 0)
            {
                continue;
            }

            var end = start + 1;
            while (end < characters.Count && _data.ClassOf(characters[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var run = characters.GetRange(start, end - start).OrderBy(_data.ClassOf).ToList();
                for (var i = 0; i < run.Count; i++)
                {
                    characters[start + i] = run[i];
                }
            }

            start = end;
        }
    }

    /// <summary>Joins each character with the last starter before it unless one of the same class, or a starter, stands between.</summary>
    private void Compose(List<int> characters)
    {
        var (starter, lastClass, length) = (-1, 0, 0);
        for (var i = 0; i < characters.Count; i++)
        {
            var character = characters[i];
            var order = _data.ClassOf(character);
            var adjacent = starter == length - 1;
            if (starter >= 0 && (adjacent || (lastClass != 0 && lastClass < order)) && TryCompose(characters[starter], character, out var composite))
            {
                characters[starter] = composite;
                continue;
            }

            if (order == 0)
            {
                starter = length;
            }

            lastClass = order;
            characters[length++] = character;
        }

        characters.RemoveRange(length, characters.Count - length);
    }

    private bool TryCompose(int first, int second, out int composite)
    {
        var (lead, vowel, tail, syllable) = (first - LeadBase, second - VowelBase, second - TailBase, first - SyllableBase);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            composite = SyllableBase + (((lead * Vowels) + vowel) * Tails);
            return true;
        }

        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
        {
            composite = first + tail;
            return true;
        }

        return _data.TryCompose(first, second, out composite);
    }
}
