using PhoneNumbers;

namespace GuardedZephyr.Policies;

/// <summary>
/// Phone numbers written with their country's code, judged by the numbering plans of ITU-T E.164's regions (the metadata of libphonenumber). A
/// number that its plan gives out is valid; one of a right length that it does not is left undecided, for plans grow faster than packages;
/// a length that the country never had is none. The library sees the digits alone, 16 characters at most.
/// </summary>
internal static class InternationalPhone
{
    private const int MaxDigits = 15; // as PhoneShape
    private const int MaxCallingCode = 3;
    private static readonly string[] ExitCodes = ["00", "011"];

    private static readonly HashSet<int> CallingCodes = PhoneNumberUtil.GetInstance().GetSupportedCallingCodes();

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        if (PhoneShape.Validate(candidate).Validity == Validity.Invalid)
        {
            return Validation.Invalid;
        }

        var number = PhoneShape.WithoutExtension(candidate);
        var shorter = PhoneShape.WithoutAddedDigits(number);
        var validity = JudgeNumber(number);
        return (validity != Validity.Valid && shorter.Length < number.Length ? JudgeNumber(shorter) : validity) switch
        {
            Validity.Valid => Validation.Valid(candidate),
            Validity.Undecided => Validation.Undecided(candidate),
            _ => Validation.Invalid,
        };
    }

    private static Validity JudgeNumber(ReadOnlySpan<char> number)
    {
        var digits = Characters.Digits(number, stackalloc char[MaxDigits]);
        return Judge(number.Contains('+') ? digits : WithoutExitCode(digits));
    }

    private static ReadOnlySpan<char> WithoutExitCode(ReadOnlySpan<char> digits)
    {
        foreach (var code in ExitCodes)
        {
            if (digits.StartsWith(code, StringComparison.Ordinal))
            {
                return digits[code.Length..];
            }
        }

        return digits;
    }

    private static Validity Judge(ReadOnlySpan<char> digits)
    {
        if (!HasCallingCode(digits))
        {
            return Validity.Invalid; // what the library would say too, by a costly exception
        }

        var plans = PhoneNumberUtil.GetInstance();
        try
        {
            var parsed = plans.Parse($"+{digits}", defaultRegion: null);
            return plans.IsValidNumber(parsed) ? Validity.Valid
                : plans.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE ? Validity.Undecided : Validity.Invalid;
        }
        catch (NumberParseException)
        {
            return Validity.Invalid;
        }
    }

    private static bool HasCallingCode(ReadOnlySpan<char> digits)
    {
        var code = 0;
        for (var i = 0; i < Math.Min(MaxCallingCode, digits.Length); i++)
        {
            code = (code * 10) + digits[i] - '0';
            if (CallingCodes.Contains(code))
            {
                return true;
            }
        }

        return false;
    }
}
