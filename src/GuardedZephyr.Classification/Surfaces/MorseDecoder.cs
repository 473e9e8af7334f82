using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>Morse code (ITU-R M.1677-1) in dots and dashes: letters apart by a space, words by a slash, a bar, a line break or more spaces.</summary>
internal sealed class MorseDecoder : ISurfaceDecoder
{
    private const int LongestCode = 5;

    private static readonly SearchValues<char> Signs = SearchValues.Create(".-");

    private static readonly FrozenDictionary<string, char> Letters =
        "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----."
            .Split(' ').ToFrozenDictionary(code => code[1..], code => code[0]);

    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> BySpan = Letters.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Decode(string text, ICollection<DecodedText> found)
    {
        for (var start = Next(text, 0); start < text.Length;)
        {
            start = Next(text, start > 0 && char.IsLetterOrDigit(text[start - 1]) ? start + 1 : Run(text, start, found));
        }
    }

    private static int Run(string text, int start, ICollection<DecodedText> found)
    {
        StringBuilder? decoded = null;
        var (position, end, letters) = (start, start, 0);
        while (position < text.Length)
        {
            var code = CodeAt(text, position);
            if (code.Length is 0 or > LongestCode || !BySpan.TryGetValue(code, out var letter))
            {
                break;
            }

            (decoded ??= new StringBuilder()).Append(letter);
            letters++;
            end = position + code.Length;
            position = end;
            while (position < text.Length && text[position] is ' ' or '/' or '|' or '\t' or '\r' or '\n')
            {
                position++;
            }

            if (position == end)
            {
                break;
            }

            if (position > end + 1 || text[end] is not ' ')
            {
                decoded.Append(' ');
            }
        }

        if (letters >= Readable.ShortestPayload)
        {
            found.Add(new DecodedText("morse", decoded!.ToString().TrimEnd(), start, end - start));
        }

        // Behind a run of signs that is no code: no part of it is one.
        return Math.Max(end, start + CodeAt(text, start).Length);
    }

    private static ReadOnlySpan<char> CodeAt(string text, int position)
    {
        var rest = text.AsSpan(position);
        var length = rest.IndexOfAnyExcept(Signs);
        return length < 0 ? rest : rest[..length];
    }

    private static int Next(string text, int from)
    {
        var step = text.AsSpan(from).IndexOfAny(Signs);
        return step < 0 ? text.Length : from + step;
    }
}
