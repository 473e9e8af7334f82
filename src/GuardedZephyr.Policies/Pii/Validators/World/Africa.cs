namespace GuardedZephyr.Policies;

/// <summary>Numbers of South Africa and Egypt.</summary>
internal static class Africa
{
    /// <summary>Identity number: Department of Home Affairs of South Africa; date of birth, sequence, citizenship 0 to 2, a digit of no meaning today, check digit by Luhn.</summary>
    public static Validation SouthAfricanId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        return Validation.Of(digits.Length == 13 && digits[10] <= '2' && WorldText.IsShortDate(digits) && Luhn.Holds(digits), candidate);
    }

    /// <summary>National number: Civil Status Organization of Egypt; century 2 or 3, date of birth, governorate, sequence, a check digit whose rule is not published.</summary>
    public static Validation EgyptianId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[14]);
        if (digits.Length != 14 || digits[0] is not ('2' or '3'))
        {
            return Validation.Invalid;
        }

        var isGovernorate = WorldText.Number(digits[7..9]) is (>= 1 and <= 4) or (>= 11 and <= 19) or (>= 21 and <= 29) or (>= 31 and <= 35) or 88;
        return isGovernorate && WorldText.IsShortDate(digits[1..]) ? Validation.Undecided(candidate) : Validation.Invalid;
    }
}
