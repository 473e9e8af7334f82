using System.Diagnostics.CodeAnalysis;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>
/// The alphabet of byte-level BPE vocabularies: each byte has one printable character. Bytes that are printable in Latin-1 stand for
/// themselves; the others, in order, take the characters from U+0100 on.
/// </summary>
public static class ByteAlphabet
{
    private static readonly char[] Characters = CreateCharacters();
    private static readonly Dictionary<char, byte> Values = Characters.Select((character, value) => (character, value)).ToDictionary(e => e.character, e => (byte)e.value);

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = Characters[bytes[i]];
        }

        return new string(text);
    }

    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!Values.TryGetValue(text[i], out bytes[i]))
            {
                bytes = null;
                return false;
            }
        }

        return true;
    }

    private static char[] CreateCharacters()
    {
        var characters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = printable ? (char)value : (char)next++;
        }

        return characters;
    }
}
