using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>
/// The value that stands behind <c>password =</c>. People choose passwords, so entropy tells little; but a type, a variable's name or a
/// sentence holds letters and dashes alone. A password is a mix of letters with digits or symbols, or six digits and more.
/// Nothing is proved.
/// </summary>
internal static class PasswordValue
{
    private const int MinLength = 5;
    private const int MinDigits = 6;

    private static readonly SearchValues<char> Symbols = SearchValues.Create("!@#$%^&*?+~=");

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var classes = CharacterClasses.Of(candidate);
        var isMixed = classes.Letters > 0 && (classes.Digits > 0 || candidate.ContainsAny(Symbols));
        var isNumber = classes.Digits == candidate.Length && classes.Digits >= MinDigits;
        return candidate.Length >= MinLength && (isMixed || isNumber) && !Placeholder.Is(candidate)
            ? Validation.Undecided(candidate)
            : Validation.Invalid;
    }
}
