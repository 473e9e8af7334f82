using System.Globalization;
using System.Text;

namespace GuardedZephyr.Tests.Inference.Tokenization;

/// <summary>Texts that tokenizers get wrong, always the same ones for a seed.</summary>
internal sealed class SomeTexts(int seed)
{
    private static readonly string[] Words =
    [
        "Hello", " world", " the", " It's", "'S", "'ll", "'RE", " don't", "’s", "ſ", " naïve", " Ünïcödé", " straße", " Ελληνικά", " Привет,", " мир", " हिन्दी", " ภาษาไทย", " 漢字", "かな",
        " 한국어", "한글", " العربية", " עברית", " فارسی‌ها", "ﬁ", "①", "½", "٣٤٥", "१२", "𝒳𝓎", "𐐷", "𠀀𠀁", "𝟙𝟚", " x²", " ǅ", " İı", "ª", "ʰ", "々", "〇", "Ⅷ",
        "1234567890", "3.14159", "0x1F", " 1,000,000", "2026-11-24T17:53", "9", "<|endoftext|>", "<|user|>", "<|im_start|>", "https://example.org/a?b=c&d=%20", "a@b.example",
        "if (x != null) { return x[i++]; }", "def f(x):\n    return x ** 2\n", "SELECT * FROM t WHERE a='b';", "#include <stdio.h>", "<a href=\"x\">", "\\frac{a}{b}", "```json\n{\"k\": [1, 2]}\n```", "//---", "!!!", "...", "…", "—", "\"", "'", "''", "_", "__init__",
        "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇪", "1️⃣", "😀", "e\u0301", "a\u0308\u0301", "q\u0307\u0323", "o\u0302\u0328", "\u0344", "\u212B", "\u1E9B\u0323", "\uAC01", "\u1100\u1161\u11A8", "\u0F73", "\u0958", "\uFB1D", "\u1D15F", "\u2126",
    ];

    private static readonly string[] Spaces = [" ", "  ", "   ", "        ", "\t", "\t\t", "\n", "\r\n", "\r", "\n\n\n", " \n", "\n ", " \r\n \r\n", "\u00A0", "\u2003", "\u3000", "\u2028", "\u200B", "\v", "\f"];

    private static readonly string[] Single = ["a", "B", "1", " ", "'", "!", "\n", "\r", "\t", "\0", "é", "漢", "\u0301", "\u0327", "\uD800", "\uDC00", "😀", "t", "s"];

    private readonly Random _random = new(seed);

    /// <param name="others">Fragments that are there as often as words are.</param>
    public IEnumerable<string> Take(int count, params string[] others) => Enumerable.Range(0, count).Select(index => (index % 5) switch
    {
        0 => Sequence(8, () => Pick(Words)),
        1 => Sequence(10, () => Pick([Pick(Words), Pick(Spaces)])),
        2 => Sequence(12, () => Pick([Pick(Words), Pick(Spaces), Character(0x2FFFF), Character(0x500), Pick([.. others, "'s"])])),
        3 => Sequence(20, () => Character(_random.Next(2) == 0 ? 0x250 : 0xFFFF)),
        _ => Sequence(30, () => Pick(Single)),
    });

    /// <summary>Runs of each of these, 100,000 UTF-16 code units long.</summary>
    public static IEnumerable<string> Runs(params IEnumerable<string> pieces) => pieces.Select(piece => string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)));

    /// <summary>A list that any JSON reader gives the same strings for, lone surrogates too.</summary>
    public static string Json(IEnumerable<string> texts) => $"[{string.Join(",\n", texts.Select(text => $"\"{Escape(text)}\""))}]";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            _ = character is >= ' ' and <= '~' and not ('"' or '\\') ? escaped.Append(character) : escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return escaped.ToString();
    }

    private string Sequence(int most, Func<string> piece) => string.Concat(Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => piece()));

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];

    /// <summary>An assigned one, a lone surrogate at times. Not U+FEFF and U+0085: they have a test of their own.</summary>
    private string Character(int below)
    {
        while (true)
        {
            var character = _random.Next(below);
            if (character is >= 0xD800 and < 0xE000)
            {
                return ((char)character).ToString();
            }

            if (character is not (0xFEFF or 0x85) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.OtherNotAssigned)
            {
                return char.ConvertFromUtf32(character);
            }
        }
    }
}
