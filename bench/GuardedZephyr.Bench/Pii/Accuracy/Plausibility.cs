namespace GuardedZephyr.Bench;

/// <summary>Whether a marked value could have been issued: made sets hold many that a recognizer is right to refuse.</summary>
internal static class Plausibility
{
    public static bool Holds(Kind kind, ReadOnlySpan<char> value)
    {
        if (kind != Kind.CreditCard && kind != Kind.Ssn)
        {
            return true;
        }

        var digits = new List<int>();
        foreach (var character in value)
        {
            if (char.IsAsciiDigit(character))
            {
                digits.Add(character - '0');
            }
        }

        return kind == Kind.CreditCard ? HoldsLuhn(digits) : IsIssued(digits);
    }

    /// <summary>ISO/IEC 7812-1, annex B.</summary>
    private static bool HoldsLuhn(List<int> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Count; i++)
        {
            var digit = digits[^(i + 1)] * (1 + (i % 2));
            sum += digit > 9 ? digit - 9 : digit;
        }

        return digits.Count >= 12 && sum % 10 == 0;
    }

    /// <summary>US Social Security Administration, POMS RM 10201.035: no area 000, 666 or from 900 on, no group 00, no serial 0000.</summary>
    private static bool IsIssued(List<int> digits)
    {
        int Number(int start, int length) => digits.GetRange(start, length).Aggregate(0, (number, digit) => (number * 10) + digit);
        return digits.Count == 9 && Number(0, 3) is not (0 or 666 or >= 900) && Number(3, 2) != 0 && Number(5, 4) != 0;
    }
}
