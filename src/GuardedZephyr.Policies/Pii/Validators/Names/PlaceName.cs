namespace GuardedZephyr.Policies;

/// <summary>Drops what is no place behind the words that places stand behind: months and seasons, years, words of sentences.</summary>
internal static class PlaceName
{
    private static readonly WordSet NoPlaces = new(
        "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter",
        "a an the my your his her our their this that these those it i you he she we they and or but god jesus christ captivity poverty fear peace pain hope debt house home apartment required",
        "usa us uk eu u.s america africa asia europe england britain unknown null none n/a na optional string true false");

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var end = candidate.IndexOf(' ');
        var first = (end < 0 ? candidate : candidate[..end]).TrimEnd(",.");
        return first.IsEmpty || NoPlaces.Contains(first) ? Validation.Invalid : Validation.Undecided(candidate);
    }
}
