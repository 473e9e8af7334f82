using System.Collections.Concurrent;
using System.Numerics;
using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>Characters that one place of a pattern takes. Two that are written alike are one instance. Thread-safe.</summary>
internal sealed class CharacterSet
{
    private const int PageSize = 256;

    private static readonly ConcurrentDictionary<(string Atom, RegexOptions Options), CharacterSet> Known = new();

    private readonly Regex _regex;
    private readonly ulong _low;
    private readonly ulong _high;
    private readonly bool[]?[] _pages = new bool[]?[(char.MaxValue + 1) / PageSize];

    private CharacterSet(string atom, RegexOptions options)
    {
        _regex = new Regex(atom, options | RegexOptions.CultureInvariant);
        for (var i = 0; i < 64; i++)
        {
            _low |= Asks((char)i) ? 1UL << i : 0;
            _high |= Asks((char)(i + 64)) ? 1UL << i : 0;
        }

        HasBeyond = MayHaveBeyond(atom, options.HasFlag(RegexOptions.IgnoreCase));
    }

    /// <summary>How many characters of ASCII it has.</summary>
    public int AsciiCount => BitOperations.PopCount(_low) + BitOperations.PopCount(_high);

    /// <summary>False only where no character beyond ASCII can be meant.</summary>
    public bool HasBeyond { get; }

    /// <param name="atom">A character, an escape or a class, as a regex has it. .NET itself says what it takes.</param>
    public static CharacterSet Of(string atom, RegexOptions options = RegexOptions.None) => Known.GetOrAdd((atom, options), key => new CharacterSet(key.Atom, key.Options));

    public bool Contains(char character) => character switch
    {
        < '\x40' => (_low >> character & 1) != 0,
        < '\x80' => (_high >> (character - 64) & 1) != 0,
        _ => HasBeyond && (_pages[character / PageSize] ??= Page(character / PageSize))[character % PageSize],
    };

    private bool[] Page(int page) => [.. Enumerable.Range(page * PageSize, PageSize).Select(character => Asks((char)character))];

    private bool Asks(char character) => _regex.IsMatch([character]);

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
