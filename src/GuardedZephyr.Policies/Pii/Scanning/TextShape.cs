namespace GuardedZephyr.Policies;

/// <summary>What a glance at a text tells.</summary>
/// <param name="Digits">How many digits 0 to 9 it has ...</param>
/// <param name="FirstDigit">... where the first one is; its length where there is none ...</param>
/// <param name="LastDigit">... and the last one; -1 where there is none.</param>
/// <param name="HasLongRun">Whether <see cref="LongRun"/> characters without white space stand in a row.</param>
internal readonly record struct TextShape(int Digits, int FirstDigit, int LastDigit, bool HasLongRun)
{
    /// <summary>No word of ordinary prose has so many characters.</summary>
    public const int LongRun = 20;

    public static TextShape Of(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyInRange('0', '9');
        var last = first < 0 ? -1 : text.LastIndexOfAnyInRange('0', '9');
        var digits = 0;
        for (var i = first; i >= 0 && i <= last; i++)
        {
            digits += char.IsAsciiDigit(text[i]) ? 1 : 0;
        }

        return new TextShape(digits, first < 0 ? text.Length : first, last, Runs(text));
    }

    /// <summary>From behind, as a search for a word does: most characters need not be looked at.</summary>
    private static bool Runs(ReadOnlySpan<char> text)
    {
        var (start, known) = (0, 0);
        while (start + LongRun <= text.Length)
        {
            var end = start + LongRun;
            var i = end - 1;
            while (i >= known && text[i] > ' ')
            {
                i--;
            }

            if (i < known)
            {
                return true;
            }

            (start, known) = (i + 1, end);
        }

        return false;
    }
}
