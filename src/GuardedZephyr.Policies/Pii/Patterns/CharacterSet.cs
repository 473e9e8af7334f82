using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>Characters that one place of a pattern takes: exactly which of ASCII, and whether any beyond it.</summary>
/// <param name="HasBeyond">False only where no character beyond ASCII can be meant: for a filter, too many are no error.</param>
internal readonly record struct CharacterSet(UInt128 Ascii, bool HasBeyond)
{
    /// <param name="atom">A character, an escape or a class, as a regex has it. .NET itself says what it takes.</param>
    public static CharacterSet Of(string atom, RegexOptions options)
    {
        var regex = new Regex(atom, options | RegexOptions.CultureInvariant);
        Span<char> character = stackalloc char[1];
        UInt128 ascii = 0;
        for (character[0] = '\0'; character[0] < 0x80; character[0]++)
        {
            if (regex.IsMatch(character))
            {
                ascii |= UInt128.One << character[0];
            }
        }

        return new CharacterSet(ascii, MayHaveBeyond(atom, options.HasFlag(RegexOptions.IgnoreCase)));
    }

    public bool Contains(char ascii) => (Ascii >> ascii & UInt128.One) != 0;

    /// <summary>All but classes and characters that are written in ASCII, without escapes for kinds or numbers of characters; in any case some letters of ASCII have others beside them, as the Kelvin sign.</summary>
    private static bool MayHaveBeyond(string atom, bool ignoresCase)
    {
        if (ignoresCase || atom == "." || atom.StartsWith("[^", StringComparison.Ordinal) || !atom.All(char.IsAscii))
        {
            return true;
        }

        for (var escape = atom.IndexOf('\\'); escape >= 0; escape = atom.IndexOf('\\', escape + 2))
        {
            if (char.IsAsciiLetterOrDigit(atom[escape + 1]) && atom[escape + 1] is not ('t' or 'n' or 'r' or 'f' or 'v' or 'a' or 'e'))
            {
                return true;
            }
        }

        return false;
    }
}
