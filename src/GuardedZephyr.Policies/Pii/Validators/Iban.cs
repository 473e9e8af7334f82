using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>International bank account numbers: ISO 13616-1, check digits by ISO/IEC 7064 MOD 97-10, lengths by the SWIFT IBAN registry.</summary>
internal static class Iban
{
    private const int Longest = 34; // by ISO 13616-1

    private static readonly FrozenDictionary<string, int> Lengths = new (int Length, string Countries)[]
    {
        (15, "NO"),
        (16, "BE"),
        (18, "DK FI FK FO GL NL SD"),
        (19, "MK SI"),
        (20, "AT BA EE KZ LT LU MN XK"),
        (21, "CH HR LI LV"),
        (22, "BG BH CR DE GB GE IE ME RS VA"),
        (23, "AE GI IL IQ OM SO TL"),
        (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
        (25, "LY PT ST"),
        (26, "IS TR"),
        (27, "BI DJ FR GR IT MC MR SM"),
        (28, "AL AZ BY CY DO GT HN HU LB NI PL SV"),
        (29, "BR EG PS QA UA"),
        (30, "JO KW MU YE"),
        (31, "MT SC"),
        (32, "LC"),
        (33, "RU"),
    }.SelectMany(row => row.Countries.Split(' ').Select(country => KeyValuePair.Create(country, row.Length))).ToFrozenDictionary();

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> LengthOf = Lengths.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Spaces and dashes are passed over; what stands behind the country's length is cut off.</summary>
    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        Span<char> iban = stackalloc char[Longest];
        return Read(candidate, iban, out var length, out var end) && IsRight(iban[..length]) ? new Validation(Validity.Valid, end) : Validation.Invalid;
    }

    /// <summary>As <see cref="Validate"/> for what may be mistyped: the country and its length alone count.</summary>
    public static Validation ValidateLength(ReadOnlySpan<char> candidate) =>
        Read(candidate, stackalloc char[Longest], out _, out var end) ? new Validation(Validity.Undecided, end) : Validation.Invalid;

    /// <summary>Upper-case letters and digits, as many as the country's IBANs have, and where the last of them ends.</summary>
    private static bool Read(ReadOnlySpan<char> candidate, Span<char> characters, out int length, out int end)
    {
        (length, end) = (0, 0);
        var expected = characters.Length;
        for (var i = 0; i < candidate.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(candidate[i]))
            {
                continue;
            }

            characters[length++] = char.ToUpperInvariant(candidate[i]);
            if (length == 2 && !LengthOf.TryGetValue(characters[..2], out expected))
            {
                return false;
            }

            if (length == expected)
            {
                end = i + 1;
                return end == candidate.Length || !char.IsAsciiLetterOrDigit(candidate[end]);
            }
        }

        return false;
    }

    /// <summary>With its first four characters at the end, an IBAN is right by MOD 97-10.</summary>
    private static bool IsRight(ReadOnlySpan<char> iban)
    {
        Span<char> rotated = stackalloc char[iban.Length];
        iban[4..].CopyTo(rotated);
        iban[..4].CopyTo(rotated[^4..]);
        return Iso7064.Mod97_10(rotated);
    }
}
