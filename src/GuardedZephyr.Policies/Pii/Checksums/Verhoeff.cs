namespace GuardedZephyr.Policies;

/// <summary>
/// The check digit by the dihedral group of order 10: J. Verhoeff, "Error Detecting Decimal Codes", Mathematical Centre Tracts 29, 1969.
/// Finds every single wrong digit and every swap of neighbours.
/// </summary>
internal static class Verhoeff
{
    private static readonly byte[,] Permutation = Permutations();

    /// <param name="digits">ASCII digits, the check digit last; nothing else.</param>
    public static bool Holds(ReadOnlySpan<char> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            check = Product(check, Permutation[i % 8, digits[^(i + 1)] - '0']);
        }

        return check == 0;
    }

    /// <summary>The product in the group of the symmetries of a pentagon: 0 to 4 are its rotations, 5 to 9 its reflections.</summary>
    private static int Product(int left, int right) => (left < 5, right < 5) switch
    {
        (true, true) => (left + right) % 5,
        (true, false) => 5 + ((left + right - 5) % 5),
        (false, true) => 5 + ((left - 5 - right + 5) % 5),
        (false, false) => (left - right + 5) % 5,
    };

    private static byte[,] Permutations()
    {
        ReadOnlySpan<byte> first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        var table = new byte[8, 10];
        for (byte digit = 0; digit < 10; digit++)
        {
            table[0, digit] = digit;
        }

        for (var power = 1; power < 8; power++)
        {
            for (var digit = 0; digit < 10; digit++)
            {
                table[power, digit] = first[table[power - 1, digit]];
            }
        }

        return table;
    }
}
