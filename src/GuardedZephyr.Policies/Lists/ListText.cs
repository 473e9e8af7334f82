namespace GuardedZephyr.Policies;

/// <summary>
/// How values of lists are compared: on the matching surface, in any case, a run of white space as one space, between characters that
/// are no letters or digits.
/// </summary>
internal static class ListText
{
    /// <summary>The longest value, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>The longest run of white space in a text that stands for the space of a value: so a match has an end.</summary>
    public const int MaxSpace = 4;

    /// <returns>What is compared, in <paramref name="buffer"/>; empty when it does not fit or there is nothing but white space.</returns>
    public static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> surface, Span<char> buffer)
    {
        var count = 0;
        var pending = 0;
        foreach (var character in surface)
        {
            if (char.IsWhiteSpace(character))
            {
                pending = count > 0 ? 1 : 0;
                continue;
            }

            if (count + pending >= buffer.Length)
            {
                return [];
            }

            if (pending > 0)
            {
                buffer[count++] = ' ';
                pending = 0;
            }

            buffer[count++] = Fold(character);
        }

        return buffer[..count];
    }

    /// <summary>The same for two characters that differ in case alone, by the invariant culture's simple mappings.</summary>
    public static char Fold(char character) => char.ToLowerInvariant(char.ToUpperInvariant(character));

    /// <summary>Whether a word can end before, or begin behind, the character at <paramref name="index"/>, which may lie outside.</summary>
    public static bool IsBoundary(ReadOnlySpan<char> surface, int index) =>
        index < 0 || index >= surface.Length || !char.IsLetterOrDigit(surface[index]);
}
