namespace GuardedZephyr.Policies;

/// <summary>What is left of a candidate when its separators are passed over.</summary>
internal static class Characters
{
    /// <summary>The ASCII digits of <paramref name="candidate"/>.</summary>
    /// <returns>As many as there are, in <paramref name="buffer"/>; empty when there are more than it can hold.</returns>
    public static ReadOnlySpan<char> Digits(ReadOnlySpan<char> candidate, Span<char> buffer)
    {
        var count = 0;
        foreach (var character in candidate)
        {
            if (!char.IsAsciiDigit(character))
            {
                continue;
            }

            if (count == buffer.Length)
            {
                return [];
            }

            buffer[count++] = character;
        }

        return buffer[..count];
    }

    /// <summary>The ASCII letters and digits of <paramref name="candidate"/>, letters in upper case.</summary>
    /// <returns>As many as there are, in <paramref name="buffer"/>; empty when there are more than it can hold.</returns>
    public static ReadOnlySpan<char> LettersAndDigits(ReadOnlySpan<char> candidate, Span<char> buffer)
    {
        var count = 0;
        foreach (var character in candidate)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                continue;
            }

            if (count == buffer.Length)
            {
                return [];
            }

            buffer[count++] = char.ToUpperInvariant(character);
        }

        return buffer[..count];
    }

    public static bool AreAllEqual(ReadOnlySpan<char> characters) => !characters.IsEmpty && !characters.ContainsAnyExcept(characters[0]);
}
