namespace GuardedZephyr.Policies;

/// <summary>
/// Tells addresses from what stands where they stand: an address holds a digit and a letter and is no e-mail address or web address. Where
/// its shape is all there is to go by, no word of it is one that a sentence puts between a number and a street ("2 miles down the road").
/// </summary>
internal static class StreetAddress
{
    private static readonly WordSet SentenceWords = new(
        "the a an my your his her our their this that these those and or but with without down up off away from to for per until before after is are was were be am has have",
        "people person persons men women kids children cars car bikes houses house hotels restaurants shops bars star miles mile km blocks block minutes minute hours hour days day",
        "weeks week months years year times percent dollars dollar feet foot meters metres pm things lanes ways different major new supreme high district federal");

    /// <summary>For what stands in a field that is named so.</summary>
    public static Validation ValidateField(ReadOnlySpan<char> candidate)
    {
        var isAddress = candidate.ContainsAnyInRange('0', '9') && HasLetter(candidate)
            && !candidate.ContainsAny("@\\") && !candidate.Contains("//", StringComparison.Ordinal);
        return isAddress ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        foreach (var range in candidate.SplitAny(" ,."))
        {
            if (SentenceWords.Contains(candidate[range]))
            {
                return Validation.Invalid;
            }
        }

        return ValidateField(candidate);
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsLetter(character))
            {
                return true;
            }
        }

        return false;
    }
}
