namespace GuardedZephyr.Policies;

/// <summary>The check digit by a totally anti-symmetric quasigroup: H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004, the table of order 10.</summary>
internal static class Damm
{
    private static readonly string[] Table =
    [
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790",
    ];

    /// <param name="digits">ASCII digits, the check digit last; nothing else.</param>
    public static bool Holds(ReadOnlySpan<char> digits)
    {
        var interim = '0';
        foreach (var digit in digits)
        {
            interim = Table[interim - '0'][digit - '0'];
        }

        return interim == '0';
    }
}
