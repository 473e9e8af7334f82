using System.Buffers;
using System.Globalization;
using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>Percent-encoding (RFC 3986, section 2.1), numeric character references of HTML (<c>&amp;#104;</c>, <c>&amp;#x68;</c>) and <c>\x68</c>, <c>\u0068</c> of programming languages.</summary>
internal sealed class EscapeDecoder : ISurfaceDecoder
{
    /// <summary>Fewer escaped letters hide nothing that the text itself does not show.</summary>
    private const int FewestLetters = 3;

    /// <summary>Escapes that stand further apart belong to two texts.</summary>
    private const int LongestGap = 64;

    private const int LongestReference = 10;

    private static readonly SearchValues<char> Marks = SearchValues.Create("%&\\");

    public void Decode(string text, ICollection<DecodedText> found)
    {
        for (var i = text.AsSpan().IndexOfAny(Marks); i >= 0;)
        {
            var end = Read(text, i, out _, out _) > 0 ? Region(text, i, found) : i + 1;
            var step = text.AsSpan(end).IndexOfAny(Marks);
            i = step < 0 ? step : end + step;
        }
    }

    /// <summary>Decodes from the escape at <paramref name="first"/> to the last that follows closely, with the rest of the words around them.</summary>
    /// <returns>Where to go on.</returns>
    private static int Region(string text, int first, ICollection<DecodedText> found)
    {
        var mark = text[first];
        var start = first;
        while (start > 0 && first - start < LongestGap && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        var decoded = new StringBuilder().Append(text, start, first - start);
        var bytes = new List<byte>();
        var (letters, end) = (0, first);
        for (var position = first; position < text.Length && position - end <= LongestGap;)
        {
            if (text[position] != mark || Read(text, position, out var value, out var isByte) is not (> 0 and var length))
            {
                position++;
                continue;
            }

            if (position > end || !isByte)
            {
                Flush(bytes, decoded);
                AppendPlain(text, end, position, mark, decoded);
            }

            if (isByte)
            {
                bytes.Add((byte)value);
            }
            else
            {
                decoded.Append(value < 0x10000 ? ((char)value).ToString() : char.ConvertFromUtf32(value));
            }

            letters += IsLetter(value, isByte) ? 1 : 0;
            position += length;
            end = position;
        }

        Flush(bytes, decoded);
        var wordEnd = end;
        while (wordEnd < text.Length && wordEnd - end < LongestGap && !char.IsWhiteSpace(text[wordEnd]))
        {
            wordEnd++;
        }

        AppendPlain(text, end, wordEnd, mark, decoded);
        if (letters >= FewestLetters && decoded.Length >= Readable.ShortestPayload)
        {
            found.Add(new DecodedText(mark switch { '%' => "percent", '&' => "html", _ => "backslash" }, decoded.ToString(), start, wordEnd - start));
        }

        return wordEnd;
    }

    /// <summary>A space too: it hides where words end. Of the bytes of a character that is not ASCII each counts.</summary>
    private static bool IsLetter(int value, bool isByte) =>
        value == ' ' || (value < 0x80 ? char.IsAsciiLetterOrDigit((char)value) : isByte || (Rune.TryCreate(value, out var rune) && Rune.IsLetter(rune)));

    /// <summary>What stands between escapes; a plus sign beside percent-encoding is a space.</summary>
    private static void AppendPlain(string text, int start, int end, char mark, StringBuilder decoded)
    {
        var length = decoded.Length;
        decoded.Append(text, start, end - start);
        if (mark == '%')
        {
            decoded.Replace('+', ' ', length, end - start);
        }
    }

    /// <summary>Bytes that are no UTF-8 become U+FFFD each.</summary>
    private static void Flush(List<byte> bytes, StringBuilder decoded)
    {
        if (bytes.Count > 0)
        {
            decoded.Append(Encoding.UTF8.GetString([.. bytes]));
            bytes.Clear();
        }
    }

    /// <returns>Length of the escape at <paramref name="at"/>; 0 when there is none.</returns>
    private static int Read(string text, int at, out int value, out bool isByte)
    {
        var rest = text.AsSpan(at);
        (value, isByte) = (0, false);
        switch (rest)
        {
            case ['%', _, _, ..]:
                isByte = true;
                return Hex(rest.Slice(1, 2), out value) ? 3 : 0;
            case ['\\', 'x', _, _, ..]:
                isByte = true;
                return Hex(rest.Slice(2, 2), out value) ? 4 : 0;
            case ['\\', 'u', _, _, _, _, ..]:
                return Hex(rest.Slice(2, 4), out value) ? 6 : 0;
            case ['&', '#', ..]:
                rest = rest[..Math.Min(rest.Length, LongestReference)];
                var end = rest.IndexOf(';');
                return end > 2 && (rest[2] is 'x' or 'X' ? Hex(rest[3..end], out value) : int.TryParse(rest[2..end], NumberStyles.None, CultureInfo.InvariantCulture, out value))
                    && value is > 0 and <= 0x10FFFF ? end + 1 : 0;
            default:
                return 0;
        }
    }

    private static bool Hex(ReadOnlySpan<char> digits, out int value) => int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
