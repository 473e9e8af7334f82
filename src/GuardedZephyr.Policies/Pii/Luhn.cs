namespace GuardedZephyr.Policies;

/// <summary>The check digit of payment card numbers: ISO/IEC 7812-1, annex B.</summary>
internal static class Luhn
{
    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var sum = 0;
        var fromRight = 0;
        var onlyZeros = true;
        for (var i = candidate.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(candidate[i]))
            {
                continue;
            }

            var digit = candidate[i] - '0';
            onlyZeros &= digit == 0;
            var weighted = fromRight++ % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0 && !onlyZeros ? new Validation(Validity.Valid, candidate.Length) : Validation.Invalid;
    }
}
