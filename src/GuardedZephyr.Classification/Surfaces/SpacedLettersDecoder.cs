using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>Words whose letters stand apart: <c>b o m b</c>, <c>b.o.m.b</c>, <c>b-o-m-b</c>. A wider gap than that between letters is a gap between words.</summary>
internal sealed class SpacedLettersDecoder : ISurfaceDecoder
{
    private const int FewestLetters = 4;

    private const int WidestGap = 4;

    /// <summary>Words of one letter in a row; more of them are no words.</summary>
    private const int MostSingleLetters = 2;

    public void Decode(string text, ICollection<DecodedText> found)
    {
        Respelling? joined = null;
        Respelling? split = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsAlone(text, i) || Read(text, i, out var end) is not { } words)
            {
                continue;
            }

            if (words.Length > 0)
            {
                (joined ??= new Respelling(text)).Replace(i, end - i, words);
                (split ??= new Respelling(text)).Replace(i, end - i, string.Join(' ', words.Split(' ').Select(WordSplitter.Split)));
            }

            i = end - 1;
        }

        joined?.AddPassages("spaced", found);
        split?.AddPassages("spaced", found);
    }

    /// <summary>Joins single letters from <paramref name="start"/> on.</summary>
    /// <returns>Null when no run begins here; an empty string for one of digits.</returns>
    private static string? Read(string text, int start, out int end)
    {
        end = start + 1;
        var next = NextAlone(text, end);
        if (next < 0)
        {
            return null;
        }

        var read = new StringBuilder().Append(text[start]);
        var gap = text.AsSpan(end, next - end);
        var (letters, joints, gaps) = (char.IsAsciiLetter(text[start]) ? 1 : 0, 0, 0);
        for (; next >= 0 && gaps <= MostSingleLetters; next = NextAlone(text, end))
        {
            var isJoint = text.AsSpan(end, next - end).SequenceEqual(gap);
            joints += isJoint ? 1 : 0;
            gaps = isJoint ? 0 : gaps + 1;
            read.Append(isJoint ? "" : " ").Append(text[next]);
            letters += char.IsAsciiLetter(text[next]) ? 1 : 0;
            end = next + 1;
        }

        return joints < FewestLetters - 1 ? null : letters >= FewestLetters && letters * 2 > joints ? read.ToString() : "";
    }

    /// <returns>-1 when what follows within the widest gap is no letter that stands alone.</returns>
    private static int NextAlone(string text, int from)
    {
        var next = from;
        while (next < text.Length && next - from < WidestGap && IsGap(text[next]))
        {
            next++;
        }

        return next > from && next < text.Length && IsAlone(text, next) ? next : -1;
    }

    private static bool IsAlone(string text, int at) =>
        IsSpelled(text[at]) && (at == 0 || !IsSpelled(text[at - 1])) && (at + 1 == text.Length || !IsSpelled(text[at + 1]));

    private static bool IsSpelled(char c) => char.IsAsciiLetterOrDigit(c) || c is '@' or '$' or '!' or '\'';

    private static bool IsGap(char c) => c is ' ' or '.' or '-' or '_' or '*' or '/' or '|' or ',' or '~' or '+' or '\u00B7' or '\u2022' or '\t' or '\n';
}
