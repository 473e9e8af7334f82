using System.Buffers;
using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>Tells text from what only happens to decode.</summary>
internal static class Readable
{
    /// <summary>A shorter payload says too little, and more often comes about by chance.</summary>
    public const int ShortestPayload = 8;

    /// <summary>Whether at least seven in ten characters are letters, their marks or white space.</summary>
    public static bool IsMostlyLetters(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsLetter(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is >= '\u0300' and <= '\u036F')
            {
                letters++;
            }
        }

        return letters * 10 >= text.Length * 7 && !text.IsWhiteSpace();
    }

    /// <summary>How many bytes from the start on are UTF-8 of characters that show, or of white space.</summary>
    public static int Utf8Prefix(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && Rune.DecodeFromUtf8(bytes[length..], out var rune, out var consumed) == OperationStatus.Done && Shows(rune))
        {
            length += consumed;
        }

        return length;
    }

    private static bool Shows(Rune rune) => !Rune.IsControl(rune) || rune.Value is '\t' or '\n' or '\r';
}
