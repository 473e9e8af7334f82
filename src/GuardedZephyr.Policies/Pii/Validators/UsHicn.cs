namespace GuardedZephyr.Policies;

/// <summary>
/// Medicare's Health Insurance Claim Numbers, in use until 2019: a Social Security number and the code of its holder's relation to it (SSA POMS
/// HI 00901.025 and RM 10201.035). There is no check digit, so nothing is proved valid.
/// </summary>
internal static class UsHicn
{
    private const int SsnDigits = 9;
    private const int MaxDigits = 10;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[MaxDigits]);
        return digits.Length >= SsnDigits && UsSsn.IsIssuable(digits[..SsnDigits]) ? Validation.Undecided(candidate) : Validation.Invalid;
    }
}
