using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>
/// The value that stands behind <c>api_key =</c> and its like. What a generator drew has an entropy near the most that its length allows;
/// numbers counted up and words repeated do not. Of drawn texts one in a thousand has fewer bits a character than 2.45 (16 hexadecimal
/// digits), 3.1 (32 of them), 3.15 (16 characters of 64), 3.5 (20 of 64): the limits stand there. They may be lower than where no label stands
/// beside the value, and so names in snake or kebab case, which have 3.3 to 4.0 bits, are told by their parts. Nothing is proved.
/// </summary>
internal static class SecretValue
{
    private const int MinLength = 10;
    private const int LongLength = 16;
    private const double MinHexBits = 2.45;
    private const double MinShortBits = 2.6;
    private const double MinBits = 3.15;

    /// <summary>English words in snake or kebab case stay below this at any length.</summary>
    private const double BeyondNames = 4.3;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF-");

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var value = candidate.TrimEnd('=');
        var classes = CharacterClasses.Of(value);
        if (value.Length < MinLength || classes.Letters == 0 || classes.Digits == 0 || Placeholder.Is(value))
        {
            return Validation.Invalid;
        }

        var bits = Entropy.Of(value);
        var isHex = !value.ContainsAnyExcept(Hexadecimal);
        var isDrawn = isHex
            ? value.Length >= LongLength && bits >= MinHexBits
            : bits >= (value.Length < LongLength ? MinShortBits : MinBits) && (bits >= BeyondNames || !ReadsLikeName(value));
        return isDrawn ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    /// <summary>Parts of letters alone or digits alone, or letters with up to three digits behind: <c>db-secret-v2</c>, <c>10.0.1</c>.</summary>
    private static bool ReadsLikeName(ReadOnlySpan<char> value)
    {
        foreach (var part in value.SplitAny('-', '_', '.', '/', '+'))
        {
            var letters = value[part].TrimEnd("0123456789");
            var digits = value[part].Length - letters.Length;
            if (letters.ContainsAnyInRange('0', '9') || (letters.Length > 0 && digits > 3))
            {
                return false;
            }
        }

        return true;
    }
}
