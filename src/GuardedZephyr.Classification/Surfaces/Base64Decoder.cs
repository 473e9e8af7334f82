using System.Buffers;
using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>Base64 in the standard and the URL-safe alphabet (RFC 4648, sections 4 and 5), padded or not, on one line or wrapped over many.</summary>
internal sealed class Base64Decoder : ISurfaceDecoder
{
    /// <summary>Eight bytes without padding.</summary>
    private const int ShortestRun = 11;

    /// <summary>A line that goes on in the next one is at least this long.</summary>
    private const int ShortestLine = 16;

    private const int None = -1;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    public void Decode(string text, ICollection<DecodedText> found)
    {
        for (var start = Next(text, 0); start < text.Length;)
        {
            var end = EndOfRun(text, start);
            start = Next(text, end - start < ShortestRun || IsWord(text.AsSpan(start, end - start)) ? end : Payload(text, start, end, found));
        }
    }

    /// <summary>Eleven and more characters that are all lower-case letters but the first are no bytes but by a rare chance.</summary>
    private static bool IsWord(ReadOnlySpan<char> run) => !run[1..].ContainsAnyExceptInRange('a', 'z');

    /// <summary>Decodes the run and the lines that go on from it as far as they are text.</summary>
    /// <returns>Where to go on.</returns>
    private static int Payload(string text, int start, int end, ICollection<DecodedText> found)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var firstEnd = end;
        var (bits, held) = (0, 0);
        var (textEnd, textBytes) = (start, 0);
        for (var line = start; ; line = NextLine(text, line, end), end = EndOfRun(text, line))
        {
            foreach (var c in text.AsSpan(line, end - line))
            {
                bits = (bits << 6) | Value(c);
                held += 6;
                if (held >= 8)
                {
                    held -= 8;
                    bytes.GetSpan(1)[0] = (byte)(bits >> held);
                    bytes.Advance(1);
                    bits &= (1 << held) - 1;
                }
            }

            // A character of up to four bytes may go on in the next line.
            var valid = textBytes + Readable.Utf8Prefix(bytes.WrittenSpan[textBytes..]);
            var isText = bytes.WrittenCount - valid < 4;
            if (isText)
            {
                (textEnd, textBytes) = (end, valid);
            }

            if (!isText || NextLine(text, line, end) == None)
            {
                break;
            }
        }

        var decoded = Encoding.UTF8.GetString(bytes.WrittenSpan[..textBytes]);
        if (decoded.Length < Readable.ShortestPayload)
        {
            return Math.Max(textEnd, firstEnd);
        }

        while (textEnd < text.Length && text[textEnd] == '=')
        {
            textEnd++;
        }

        found.Add(new DecodedText("base64", decoded, start, textEnd - start));
        return textEnd;
    }

    /// <summary>Where the run that ends at <paramref name="end"/> goes on behind a line break; <see cref="None"/> when it does not.</summary>
    private static int NextLine(string text, int line, int end)
    {
        if (end - line < ShortestLine || end == text.Length || text[end] is not ('\r' or '\n'))
        {
            return None;
        }

        var next = end;
        while (next < text.Length && text[next] is '\r' or '\n' or ' ' or '\t')
        {
            next++;
        }

        return next < text.Length && Alphabet.Contains(text[next]) ? next : None;
    }

    private static int Next(string text, int from)
    {
        var step = text.AsSpan(from).IndexOfAny(Alphabet);
        return step < 0 ? text.Length : from + step;
    }

    private static int EndOfRun(string text, int start)
    {
        var length = text.AsSpan(start).IndexOfAnyExcept(Alphabet);
        return length < 0 ? text.Length : start + length;
    }

    private static int Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        _ => 63,
    };
}
