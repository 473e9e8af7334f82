using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>Numbers of Spain.</summary>
internal static class Spain
{
    private const string PersonLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
    private const string CompanyLetters = "JABCDEFGHI";

    /// <summary>
    /// NIF of a person: real decreto 1553/2005, the letter is the number modulo 23. Those that begin with K, L or M (real decreto 1065/2007,
    /// article 20) have it over the seven digits behind.
    /// </summary>
    public static Validation Nif(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        var first = text.Length == 9 && text[0] is 'K' or 'L' or 'M' ? 1 : 0;
        return Validation.Of(text.Length == 9 && HasLetter(text[first..^1], '0', text[^1]), candidate);
    }

    /// <summary>NIE of a foreigner: orden INT/2058/2008, as a NIF with X, Y or Z for the digits 0, 1 and 2.</summary>
    public static Validation Nie(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        return Validation.Of(
            text.Length == 9 && text[0] is 'X' or 'Y' or 'Z' && HasLetter(text[1..^1], (char)('0' + text[0] - 'X'), text[^1]),
            candidate);
    }

    /// <summary>NIF of a legal entity (CIF): orden EHA/451/2008; the check is a letter, a digit, or either, by the first letter.</summary>
    public static Validation Cif(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        if (text.Length != 9 || !"ABCDEFGHJNPQRSUVW".Contains(text[0]) || text[1..8].ContainsAnyExceptInRange('0', '9'))
        {
            return Validation.Invalid;
        }

        var sum = 0;
        for (var i = 1; i < 8; i++)
        {
            var weighted = (text[i] - '0') * (i % 2 == 0 ? 1 : 2);
            sum += (weighted / 10) + (weighted % 10);
        }

        var check = (10 - (sum % 10)) % 10;
        var mayBeLetter = !"ABEH".Contains(text[0]);
        var mayBeDigit = !"NPQRSW".Contains(text[0]);
        return Validation.Of((mayBeLetter && text[8] == CompanyLetters[check]) || (mayBeDigit && text[8] == '0' + check), candidate);
    }

    /// <summary>NIF-IVA: ES and any NIF.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[11]);
        var nif = text.StartsWith("ES") ? text[2..] : default;
        return Validation.Of(
            Nif(nif).Validity == Validity.Valid || Nie(nif).Validity == Validity.Valid || Cif(nif).Validity == Validity.Valid,
            candidate);
    }

    /// <summary>
    /// Social security number of a person: Tesorería General de la Seguridad Social; two digits for the province, eight, and two that are the
    /// rest modulo 97, where a number under ten million is taken with seven digits.
    /// </summary>
    public static Validation SocialSecurity(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        if (digits.Length != 12 || BirthDigits.Pair(digits, 0) is 0 or > 66)
        {
            return Validation.Invalid;
        }

        var province = BirthDigits.Pair(digits, 0);
        var number = long.Parse(digits[2..10], CultureInfo.InvariantCulture);
        var whole = (number < 10_000_000 ? province * 10_000_000L : province * 100_000_000L) + number;
        return Validation.Of(whole % 97 == BirthDigits.Pair(digits, 10), candidate);
    }

    private static bool HasLetter(ReadOnlySpan<char> digits, char first, char letter) =>
        !digits.ContainsAnyExceptInRange('0', '9') && PersonLetters[DecimalNumber.Mod([first, .. digits], 23)] == letter;
}
