using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>Letters under heaps of combining marks (zalgo), or struck through: the same without the marks.</summary>
internal sealed class CombiningMarkDecoder : ISurfaceDecoder
{
    /// <summary>Scripts that use marks put one on some letters; a mark on every third letter, or one on top of another, is not how a language is written.</summary>
    private const int LettersPerMark = 3;

    public void Decode(string text, ICollection<DecodedText> found)
    {
        if (Ascii.IsValid(text))
        {
            return;
        }

        var (marks, letters, isHeaped) = (0, 0, false);
        var respelling = new Respelling(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetter(text[i]))
            {
                letters++;
            }
            else if (IsMark(text[i]))
            {
                var end = i + 1;
                while (end < text.Length && IsMark(text[end]))
                {
                    end++;
                }

                marks++;
                isHeaped |= end - i > 1;
                respelling.Replace(i, end - i, "");
                i = end - 1;
            }
        }

        if (isHeaped || (marks > 0 && marks * LettersPerMark >= letters))
        {
            respelling.AddPassages("combining-marks", found);
        }
    }

    /// <summary>Unicode's blocks of combining diacritical marks, and the Cyrillic ones that enclose.</summary>
    private static bool IsMark(char c) => c
        is (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0489') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F');
}
