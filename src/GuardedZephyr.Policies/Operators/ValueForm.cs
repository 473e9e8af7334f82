using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>
/// The form in which two spellings of one value are the same text: the matching surface in lower case, without the separators that
/// only group. What separators tell apart (<c>a.b@x.org</c> and <c>ab@x.org</c>, <c>1.11.1.1</c> and <c>11.1.1.1</c>, 1/11 and 11/1)
/// stays apart: a pseudonym of two values would be turned back into the wrong one.
/// </summary>
internal static partial class ValueForm
{
    private const string Separators = "-./()+";

    public static string Of(string value)
    {
        var surface = GuardText.From(value).Surface.ToLowerInvariant();
        return string.Concat(IsGroupedNumber(surface) ? surface.Where(char.IsLetterOrDigit) : surface.Where(character => !char.IsWhiteSpace(character)));
    }

    /// <summary>A card, account, phone or register number: groups of characters, digits for the most part, that mean the same without their separators.</summary>
    private static bool IsGroupedNumber(string surface)
    {
        var digits = surface.Count(char.IsDigit);
        var letters = surface.Count(char.IsLetter);
        return digits >= letters
            && surface.All(character => char.IsLetterOrDigit(character) || char.IsWhiteSpace(character) || Separators.Contains(character))
            && !NumbersOfAnyLength().IsMatch(surface);
    }

    // IPv4 addresses (RFC 791), also with a prefix length, and dates: there a separator says where one number ends and the next starts.
    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?$|^[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ][0-9]{2,4}$|^[0-9]{4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumbersOfAnyLength();
}
