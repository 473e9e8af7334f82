using System.Text;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>Reads text by code points; a lone surrogate is one of its own.</summary>
internal static class CodePoint
{
    /// <returns>Its length in UTF-16 code units.</returns>
    public static int Read(ReadOnlySpan<char> text, int at, out int character)
    {
        if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            character = char.ConvertToUtf32(text[at], text[at + 1]);
            return 2;
        }

        character = text[at];
        return 1;
    }

    public static void Append(StringBuilder builder, int character)
    {
        if (character <= char.MaxValue)
        {
            builder.Append((char)character);
        }
        else
        {
            builder.Append(char.ConvertFromUtf32(character));
        }
    }
}
