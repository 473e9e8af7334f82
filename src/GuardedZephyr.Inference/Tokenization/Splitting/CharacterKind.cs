using System.Globalization;
using System.Text;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>What the patterns of byte-level tokenizers tell apart: \s, \p{L}, \p{N} and the rest, a lone surrogate among them.</summary>
internal enum CharacterKind : byte
{
    Other,
    Space,
    Letter,
    Number,
}

internal static class CharacterKinds
{
    private static readonly CharacterKind[] Ascii = [.. Enumerable.Range(0, 128).Select(Classify)];

    /// <returns>The kind of the code point at a place, and its length in UTF-16 code units.</returns>
    public static CharacterKind At(ReadOnlySpan<char> text, int at, out int length)
    {
        if (text[at] < Ascii.Length)
        {
            length = 1;
            return Ascii[text[at]];
        }

        length = CodePoint.Read(text, at, out var character);
        return Classify(character);
    }

    /// <returns>The end of the run of code points of one kind that starts at a place.</returns>
    public static int EndOfRun(ReadOnlySpan<char> text, int at, CharacterKind kind)
    {
        while (at < text.Length && At(text, at, out var length) == kind)
        {
            at += length;
        }

        return at;
    }

    private static CharacterKind Classify(int character)
    {
        if (Rune.TryCreate(character, out var rune) && Rune.IsWhiteSpace(rune))
        {
            return CharacterKind.Space;
        }

        return CharUnicodeInfo.GetUnicodeCategory(character) switch
        {
            <= UnicodeCategory.OtherLetter => CharacterKind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Number,
            _ => CharacterKind.Other,
        };
    }
}
