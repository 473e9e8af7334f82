namespace GuardedZephyr.Policies;

/// <summary>
/// Shannon's entropy of the characters of a text (C. E. Shannon, A Mathematical Theory of Communication, 1948, section 6), in bits a
/// character. Of n characters it is at most log2 n, and at most log2 of the alphabet's size: 4 for hexadecimal, 6 for base64.
/// </summary>
internal static class Entropy
{
    /// <returns>0 for the empty text.</returns>
    public static double Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var character in text)
        {
            counts[character & 0x7F]++; // beyond ASCII two characters may share a place, which only lowers the sum
        }

        var sum = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                sum -= count * Math.Log2((double)count / text.Length);
            }
        }

        return text.IsEmpty ? 0 : sum / text.Length;
    }
}
