using System.Runtime.InteropServices;
using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>
/// Bytes written as digits: <c>686f77</c>, <c>68 6f 77</c>, <c>68:6f:77</c>, <c>0x68, 0x6f</c>, <c>\x68\x6f</c>; in binary <c>01101000 01101111</c>.
/// </summary>
internal sealed class DigitDecoder : ISurfaceDecoder
{
    /// <summary>Longest gap between two bytes: a comma, a line break and an indent.</summary>
    private const int LongestGap = 8;

    private readonly string _name;
    private readonly int _bitsPerDigit;
    private readonly int _digitsPerByte;

    private DigitDecoder(string name, int bitsPerDigit)
    {
        _name = name;
        _bitsPerDigit = bitsPerDigit;
        _digitsPerByte = 8 / bitsPerDigit;
    }

    public static DigitDecoder Hex { get; } = new("hex", bitsPerDigit: 4);

    public static DigitDecoder Binary { get; } = new("binary", bitsPerDigit: 1);

    public void Decode(string text, ICollection<DecodedText> found)
    {
        for (var i = 0; i < text.Length;)
        {
            if (IsDigit(text[i]) && (i == 0 || !char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is 'x' or 'X'))
            {
                i = Run(text, i, found);
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>Reads bytes from <paramref name="start"/> on as long as there are some.</summary>
    /// <returns>Where to go on; behind <paramref name="start"/>.</returns>
    private int Run(string text, int start, ICollection<DecodedText> found)
    {
        List<byte>? bytes = null;
        List<int>? places = null;
        var position = SkipPrefix(text, start);
        while (true)
        {
            var digits = position;
            while (digits < text.Length && IsDigit(text[digits]))
            {
                digits++;
            }

            var count = digits - position;
            if (count == 0 || count % _digitsPerByte != 0 || (digits < text.Length && char.IsAsciiLetterOrDigit(text[digits])))
            {
                break;
            }

            for (; position < digits; position += _digitsPerByte)
            {
                (bytes ??= []).Add(ByteAt(text, position));
                (places ??= []).Add(position);
            }

            position = SkipGap(text, digits);
        }

        if (bytes is not null)
        {
            AddTexts(bytes, places!, found);
        }

        return Math.Max(EndOfWord(text, position), start + 1);
    }

    /// <summary>Every part of the bytes that is text.</summary>
    private void AddTexts(List<byte> bytes, List<int> places, ICollection<DecodedText> found)
    {
        var all = CollectionsMarshal.AsSpan(bytes);
        for (var first = 0; first + Readable.ShortestPayload <= all.Length;)
        {
            var length = Readable.Utf8Prefix(all[first..]);
            var decoded = length < Readable.ShortestPayload ? "" : Encoding.UTF8.GetString(all.Slice(first, length));
            if (decoded.Length >= Readable.ShortestPayload)
            {
                var start = places[first];
                found.Add(new DecodedText(_name, decoded, start, places[first + length - 1] + _digitsPerByte - start));
            }

            first += length + 1;
        }
    }

    /// <summary>Behind what may stand between two bytes and before the digits of the second.</summary>
    private static int SkipGap(string text, int position)
    {
        var end = Math.Min(text.Length, position + LongestGap);
        while (position < end && text[position] is ' ' or ',' or ':' or ';' or '-' or '_' or '\t' or '\r' or '\n')
        {
            position++;
        }

        return SkipPrefix(text, position);
    }

    private static int SkipPrefix(string text, int position) =>
        position + 1 < text.Length && text[position] is '0' or '\\' && text[position + 1] is 'x' or 'X' ? position + 2 : position;

    private static int EndOfWord(string text, int position)
    {
        while (position < text.Length && char.IsAsciiLetterOrDigit(text[position]))
        {
            position++;
        }

        return position;
    }

    private byte ByteAt(string text, int position)
    {
        var value = 0;
        foreach (var c in text.AsSpan(position, _digitsPerByte))
        {
            value = (value << _bitsPerDigit) | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }

        return (byte)value;
    }

    private bool IsDigit(char c) => _bitsPerDigit == 1 ? c is '0' or '1' : char.IsAsciiHexDigit(c);
}
