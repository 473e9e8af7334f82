namespace GuardedZephyr.Policies;

/// <summary>Numbers with the check digit of ISO/IEC 7812-1 at their end: payment cards, IMEIs and what else borrows it.</summary>
internal static class PaymentCard
{
    private const int MaxDigits = 32;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[MaxDigits]);
        return Luhn.Holds(digits) && digits.ContainsAnyExcept('0') ? Validation.Valid(candidate) : Validation.Invalid;
    }
}
