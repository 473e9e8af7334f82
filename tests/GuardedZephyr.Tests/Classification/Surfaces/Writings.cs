using System.Globalization;
using System.Text;
using CsCheck;

namespace GuardedZephyr.Tests.Classification;

/// <summary>Sentences, and the ways to hide one.</summary>
internal static class Writings
{
    private const string MorseCodes =
        "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- x-..- y-.-- z--..";

    private static readonly Dictionary<char, string> Morses = MorseCodes.Split(' ').ToDictionary(code => code[0], code => code[1..]);

    /// <summary>Short everyday words that mean nothing together, lower-case, eight characters at least.</summary>
    public static readonly Gen<string> Sentence = Gen.OneOf(
            "how", "do", "make", "the", "bomb", "home", "to", "with", "zebra", "quietly", "people", "and", "kill", "water", "jumping", "steal", "card", "friend", "where", "fox")
        .Array[3, 12].Select(words => $"please make {string.Join(' ', words)} now");

    public static Dictionary<string, Func<string, string>> All { get; } = new()
    {
        ["base64"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        ["base64 url-safe, without padding"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        ["base64 on lines of 20"] = text => string.Join("\r\n", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Chunk(20).Select(line => new string(line))),
        ["hex"] = text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        ["hex with 0x"] = text => "0x" + Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        ["hex with spaces"] = text => EachByte(text, " ", "", "x2"),
        ["hex with colons"] = text => EachByte(text, ":", "", "X2"),
        ["hex as in code"] = text => EachByte(text, ", ", "0x", "x2"),
        ["hex with backslashes"] = text => EachByte(text, "", "\\x", "x2"),
        ["unicode escapes"] = text => string.Concat(text.Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))),
        ["binary"] = text => EachByte(text, " ", "", "B8"),
        ["percent"] = text => EachByte(text, "", "%", "X2"),
        ["percent of spaces"] = text => text.Replace(" ", "%20", StringComparison.Ordinal),
        ["html"] = text => string.Concat(text.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};"))),
        ["html in hexadecimal"] = text => string.Concat(text.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"&#x{rune.Value:x};"))),
        ["morse"] = text => string.Join(" / ", text.Split(' ').Select(word => string.Join(' ', word.Select(letter => Morses[letter])))),
        ["rot13"] = text => Shifted(text, 13),
        ["a shift of 3"] = text => Shifted(text, 3),
        ["reversed"] = text => new string([.. text.Reverse()]),
        ["reversed words"] = text => string.Join(' ', text.Split(' ').Select(word => new string([.. word.Reverse()]))),
        ["leetspeak"] = text => text.Replace('e', '3').Replace('o', '0').Replace('a', '4'),
        ["spaced letters"] = text => string.Join("   ", text.Split(' ').Select(word => string.Join(' ', word.ToCharArray()))),
        ["dotted letters"] = text => string.Join(' ', text.Split(' ').Select(word => string.Join('.', word.ToCharArray()))),
        ["Cyrillic lookalikes"] = text => text.Replace('e', '\u0435').Replace('o', '\u043E').Replace('a', '\u0430').Replace('p', '\u0440').Replace('c', '\u0441'),
        ["Greek lookalikes"] = text => text.Replace('o', '\u03BF').Replace('a', '\u03B1').Replace('u', '\u03C5').Replace('k', '\u03BA'),
        ["accents"] = text => text.Replace('e', '\u00E9').Replace('o', '\u00F6').Replace('a', '\u00E0').Replace('u', '\u00FC'),
        ["zalgo"] = text => string.Concat(text.Select(c => c == ' ' ? " " : $"{c}\u0301\u0336\u035C")),
    };

    public static string Shifted(string text, int by) => string.Concat(text.Select(c => c is >= 'a' and <= 'z' ? (char)('a' + ((c - 'a' + by) % 26)) : c));

    private static string EachByte(string text, string separator, string prefix, string format) =>
        string.Join(separator, Encoding.UTF8.GetBytes(text).Select(value => prefix + value.ToString(format, CultureInfo.InvariantCulture)));
}
