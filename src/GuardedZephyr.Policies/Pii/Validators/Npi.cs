namespace GuardedZephyr.Policies;

/// <summary>
/// National Provider Identifiers: 45 CFR 162.406 and CMS, "Requirements for National Provider Identifier (NPI) and NPI Check Digit" - ten digits,
/// the first 1 or 2, with the check digit of ISO/IEC 7812-1 over 80840 (health, United States) and the number.
/// </summary>
internal static class Npi
{
    private const string CardPrefix = "80840";
    private const int Length = 10;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        Span<char> prefixed = stackalloc char[CardPrefix.Length + Length];
        CardPrefix.CopyTo(prefixed);
        var digits = Characters.Digits(candidate, prefixed[CardPrefix.Length..]);
        return Validation.Of(digits.Length == Length && digits[0] is '1' or '2' && Luhn.Holds(prefixed), candidate);
    }
}
