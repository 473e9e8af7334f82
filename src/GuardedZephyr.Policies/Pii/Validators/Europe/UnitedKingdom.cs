namespace GuardedZephyr.Policies;

/// <summary>Numbers of the United Kingdom that the state gives to persons and companies.</summary>
internal static class UnitedKingdom
{
    private const string UtrChecks = "21987654321";

    private static readonly string[] UnusedNinoPrefixes = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];

    /// <summary>NHS number: NHS Data Dictionary, weights 10 to 2, modulus 11; what would need the check digit 10 is not issued.</summary>
    public static Validation Nhs(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(
            digits.Length == 10 && !Characters.AreAllEqual(digits) && Weighted.Sum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0,
            candidate);
    }

    /// <summary>National Insurance number: the letters that HMRC's manual NIM39110 allows in the prefix. There is no check digit.</summary>
    public static Validation Nino(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        if (text.Length < 8 || "DFIQUV".Contains(text[0]) || "DFIOQUV".Contains(text[1]))
        {
            return Validation.Invalid;
        }

        foreach (var unused in UnusedNinoPrefixes)
        {
            if (text.StartsWith(unused))
            {
                return Validation.Invalid;
            }
        }

        return Validation.Undecided(candidate);
    }

    /// <summary>
    /// Driver number: DVLA, five characters of the surname filled up with 9, decade of birth, month (50 more for women), day, year,
    /// two initials or 9, three characters by which DVLA tells drivers apart. Its check is not published.
    /// </summary>
    public static Validation DrivingLicence(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[16]);
        if (text.Length != 16 || text[5..11].ContainsAnyExceptInRange('0', '9'))
        {
            return Validation.Invalid;
        }

        var surname = text[..5].TrimEnd('9');
        var year = ((text[5] - '0') * 10) + text[10] - '0';
        var isRight = !surname.IsEmpty && !surname.Contains('9') && text[11..13] is not ['9', not '9']
            && BirthDigits.IsDayOfSomeCentury(year, BirthDigits.Pair(text, 6) % 50, BirthDigits.Pair(text, 8));
        return isRight ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    /// <summary>Unique taxpayer reference: HMRC's modulus 11 check, the first digit over the nine behind it.</summary>
    public static Validation Utr(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(
            digits.Length == 10 && digits[0] == UtrChecks[Weighted.Sum(digits[1..], [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11],
            candidate);
    }

    /// <summary>VAT registration number: HMRC, modulus 97 with weights 8 to 2, since 2010 also with 55 added; three more digits name a branch.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        if (digits.Length is not (9 or 12) || !digits[..7].ContainsAnyExcept('0'))
        {
            return Validation.Invalid;
        }

        var sum = Weighted.Sum(digits, [8, 7, 6, 5, 4, 3, 2]) + BirthDigits.Pair(digits, 7);
        return Validation.Of(sum % 97 == 0 || (sum + 55) % 97 == 0, candidate);
    }
}
