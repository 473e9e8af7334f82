namespace GuardedZephyr.Policies;

/// <summary>Numbers of Italy other than the fiscal code.</summary>
internal static class Italy
{
    /// <summary>
    /// Partita IVA: decreto ministeriale 23 dicembre 1976; seven digits, the office (a province, or 120, 121, 888, 999), a check digit as of
    /// payment cards.
    /// </summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11 || !digits[..7].ContainsAnyExcept('0'))
        {
            return Validation.Invalid;
        }

        var office = DecimalNumber.Mod(digits[7..10], 1000);
        return Validation.Of(office is (>= 1 and <= 100) or 120 or 121 or 888 or 999 && Luhn.Holds(digits), candidate);
    }
}
