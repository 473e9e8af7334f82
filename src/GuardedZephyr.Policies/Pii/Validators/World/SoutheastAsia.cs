namespace GuardedZephyr.Policies;

/// <summary>Numbers of Malaysia and Indonesia: they have a structure and no published check digit.</summary>
internal static class SoutheastAsia
{
    /// <summary>MyKad: National Registration Department of Malaysia; date of birth, code of the place of birth, sequence.</summary>
    public static Validation MyKad(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        return digits.Length == 12 && WorldText.IsShortDate(digits) && IsPlaceOfBirth(WorldText.Number(digits[6..8])) ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    /// <summary>NIK: Indonesia, Law 23 of 2006, article 13; province, regency, district, date of birth with 40 added to a woman's day, sequence.</summary>
    public static Validation Nik(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[16]);
        if (digits.Length != 16 || !IsProvince(WorldText.Number(digits[..2])) || digits[12..] is "0000")
        {
            return Validation.Invalid;
        }

        var day = WorldText.Number(digits[6..8]);
        return WorldText.IsDate(2000 + WorldText.Number(digits[10..12]), WorldText.Number(digits[8..10]), day > 40 ? day - 40 : day)
            ? Validation.Undecided(candidate)
            : Validation.Invalid;
    }

    private static bool IsPlaceOfBirth(int code) => code is (>= 1 and <= 16) or (>= 21 and <= 68) or 71 or 72 or (>= 74 and <= 79) or (>= 82 and <= 93) or 98 or 99;

    private static bool IsProvince(int code) =>
        code is (>= 11 and <= 21) or (>= 31 and <= 36) or (>= 51 and <= 53) or (>= 61 and <= 65) or (>= 71 and <= 76) or 81 or 82 or (>= 91 and <= 97);
}
