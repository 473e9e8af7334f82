namespace GuardedZephyr.Classification;

/// <summary>
/// Cuts a text's tokens into overlapping windows. All windows of a text have one length, so that a batch of them needs no padding, and what a model
/// makes of padding does not matter.
/// </summary>
internal static class TokenWindows
{
    /// <summary>Each begins three quarters of a window behind the one before; the last ends where the text does.</summary>
    /// <param name="count">Tokens of the text.</param>
    /// <param name="longest">Tokens of a window, at least 4.</param>
    /// <returns>The first token of each, and how many.</returns>
    public static IEnumerable<(int First, int Count)> Cut(int count, int longest)
    {
        var length = Math.Min(count, longest);
        for (var first = 0; first + length < count; first += length * 3 / 4)
        {
            yield return (first, length);
        }

        if (count > 0)
        {
            yield return (count - length, length);
        }
    }
}
