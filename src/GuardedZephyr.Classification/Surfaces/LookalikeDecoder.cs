using System.Collections.Frozen;
using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>
/// Latin words with letters of other scripts that look the same, or with accents that English has not. Forms that Unicode calls compatible are folded
/// before (<see cref="Policies.GuardText"/>); those here are other letters.
/// </summary>
internal sealed class LookalikeDecoder : ISurfaceDecoder
{
    private const int ShortestEvidence = 3;

    /// <summary>Before it come the Latin letters that alphabets of languages have.</summary>
    private const char FirstForeign = '\u0250';

    // First the ASCII letter, then what looks like it (after Unicode's confusables.txt, UTS #39).
    private static readonly FrozenDictionary<char, char> Lookalikes = new[]
    {
        "A\u0391\u0410\u13AA\uA4EE", "B\u0392\u0412\u13F4\uA4D0", "C\u03F9\u0421\u13DF\uA4DA", "D\u13A0\uA4D3", "E\u0395\u0415\u13AC\uA4F0", "F\u03DC\uA4DD", "G\u050C\u13C0\uA4D6",
        "H\u0397\u041D\u13BB\uA4E7", "I\u0399\u0406\u04C0\u2C92\uA4F2", "J\u037F\u0408\u13AB\uA4D9", "K\u039A\u041A\u13E6\uA4D7", "L\u13DE\uA4E1", "M\u039C\u041C\u13B7\uA4DF", "N\u039D\uA4E0",
        "O\u039F\u041E\u0555\uA4F3", "P\u03A1\u0420\u13E2\uA4D1", "Q\u051A", "R\u13A1\u13D2\uA4E3", "S\u0405\u054F\u13DA\uA4E2", "T\u03A4\u0422\u13A2\uA4D4", "U\u054D\uA4F4", "V\u0474\u13D9\uA4E6",
        "W\u051C\u13B3\uA4EA", "X\u03A7\u0425\uA4EB", "Y\u03A5\u0423\u04AE\u13A9\uA4EC", "Z\u0396\u13C3\uA4DC",
        "a\u0251\u03B1\u0430", "b\u042C\u0184", "c\u03F2\u0441\u1D04", "d\u0501\u0257", "e\u0435\u04BD\u0454\u03B5\u0259", "f\u0192\u0584", "g\u0261\u0581", "h\u04BB\u0570", "i\u0131\u03B9\u0456\u0457\u0269",
        "j\u0458\u03F3", "k\u03BA\u043A\u1D0B", "l\u04CF\u01C0", "m\u043C\u1D0D", "n\u03B7\u0578\u057C\u0438\u043F", "o\u03BF\u043E\u03C3\u0585\u1D0F", "p\u03C1\u0440", "q\u051B\u0566", "r\u0433\u1D26",
        "s\u0455\uA731", "t\u03C4\u0442\u1D1B", "u\u03C5\u057D\u1D1C", "v\u03BD\u0475\u1D20", "w\u051D\u03C9\u0461\u1D21", "x\u03C7\u0445", "y\u0443\u04AF\u03B3\u028F", "z\u1D22\u0290",
    }.SelectMany(row => row.Skip(1).Select(letter => KeyValuePair.Create(letter, row[0]))).ToFrozenDictionary();

    public void Decode(string text, ICollection<DecodedText> found)
    {
        if (Ascii.IsValid(text))
        {
            return;
        }

        var words = new List<(int Start, string Word)>();
        var isDisguised = false;
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && char.IsLetter(text[i]))
            {
                i++;
            }

            if (i > start && Latin(text.AsSpan(start, i - start), out var isMixed) is { } word)
            {
                words.Add((start, word));
                isDisguised |= word.Length >= ShortestEvidence && (isMixed || CommonWords.Contains(word));
            }
        }

        if (!isDisguised)
        {
            return;
        }

        var respelling = new Respelling(text);
        foreach (var (start, word) in words)
        {
            respelling.Replace(start, word.Length, word);
        }

        respelling.AddPassages("homoglyph", found);
    }

    /// <param name="isMixed">Whether letters of Latin and of another script stand in it side by side.</param>
    /// <returns>Null when the word is ASCII already, or cannot be.</returns>
    private static string? Latin(ReadOnlySpan<char> word, out bool isMixed)
    {
        isMixed = false;
        if (Ascii.IsValid(word))
        {
            return null;
        }

        var latin = new char[word.Length];
        var (ascii, foreign) = (0, 0);
        for (var i = 0; i < word.Length; i++)
        {
            latin[i] = Lookalikes.GetValueOrDefault(word[i], Accents.Strip(word[i]));
            if (!char.IsAsciiLetter(latin[i]))
            {
                return null;
            }

            ascii += char.IsAscii(word[i]) ? 1 : 0;
            foreign += word[i] >= FirstForeign && Lookalikes.ContainsKey(word[i]) ? 1 : 0;
        }

        isMixed = ascii > 0 && foreign > 0;
        return new string(latin);
    }
}
