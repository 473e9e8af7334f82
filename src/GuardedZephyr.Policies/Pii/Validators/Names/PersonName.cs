namespace GuardedZephyr.Policies;

/// <summary>
/// Tells a person's name from what else stands where names stand. A candidate is cut before its first word that is no part of a name;
/// one that starts with such a word is dropped. A particle (<c>van</c>, <c>de</c>) or a possessive ending is no end of a name.
/// </summary>
internal static class PersonName
{
    private static readonly WordSet Particles = new("van von der den de del della di da dos das do du la le bin ibn bint ben al el ter ten zu zur y e");

    /// <param name="minWords">Words that must be left, particles not counted.</param>
    /// <param name="mustBeKnown">Whether the first word must be a common given name.</param>
    /// <param name="isBehindTitle">Whether the first word may be a family name.</param>
    public static Validation Judge(ReadOnlySpan<char> candidate, int minWords, bool mustBeKnown = false, bool isBehindTitle = false)
    {
        var words = 0;
        var length = 0;
        foreach (var range in candidate.Split(' '))
        {
            var word = Bare(candidate[range]);
            if (word.IsEmpty || Particles.Contains(word))
            {
                continue;
            }

            var isInitial = word.Length == 1 && candidate[range].EndsWith('.');
            if (!isInitial && NoNames.Contains(word, isFamilyName: words > 0 || isBehindTitle))
            {
                break;
            }

            if (words == 0 && mustBeKnown && !IsKnown(word))
            {
                return Validation.Invalid;
            }

            words++;
            length = EndOf(candidate, range, word);
            if (length < range.End.GetOffset(candidate.Length) && candidate[range][^1] is not ('.' or ','))
            {
                break; // a possessive: what follows is what the person has
            }
        }

        return words >= minWords && HasTwoLetters(candidate[..length]) ? new Validation(Validity.Undecided, length) : Validation.Invalid;
    }

    /// <summary>The word without a possessive ending and without what is no letter at its end.</summary>
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> word)
    {
        word = word.EndsWith("'s") || word.EndsWith("’s") ? word[..^2] : word;
        while (!word.IsEmpty && !char.IsLetter(word[^1]) && char.GetUnicodeCategory(word[^1]) != System.Globalization.UnicodeCategory.NonSpacingMark)
        {
            word = word[..^1];
        }

        return word;
    }

    /// <summary>An initial keeps its full stop.</summary>
    private static int EndOf(ReadOnlySpan<char> candidate, Range range, ReadOnlySpan<char> word)
    {
        var (start, length) = range.GetOffsetAndLength(candidate.Length);
        return word.Length < 3 && length == word.Length + 1 && candidate[start + word.Length] == '.' ? start + length : start + word.Length;
    }

    /// <summary>Of a double name (Anne-Marie) the first part counts.</summary>
    private static bool IsKnown(ReadOnlySpan<char> word)
    {
        var hyphen = word.IndexOf('-');
        return GivenNames.Common.Contains(hyphen < 0 ? word : word[..hyphen]);
    }

    private static bool HasTwoLetters(ReadOnlySpan<char> name)
    {
        for (var i = 1; i < name.Length; i++)
        {
            if (char.IsLetter(name[i - 1]) && char.IsLetter(name[i]))
            {
                return true;
            }
        }

        return false;
    }
}
