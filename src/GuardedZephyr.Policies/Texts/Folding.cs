using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>
/// What a character is on the matching surface. Forms that Unicode calls compatible with one ASCII character (UAX #15, NFKC) become that
/// character; what does not show is dropped; anything else stays. The tables are here because <c>string.Normalize</c> changes nothing
/// under invariant globalization.
/// </summary>
internal static class Folding
{
    /// <summary>The character is not on the surface.</summary>
    public const int Dropped = -1;

    // First the ASCII character, then what folds to it.
    private static readonly FrozenDictionary<char, char> Compatible = new[]
    {
        "!\uFE15\uFE57",
        "#\uFE5F",
        "$\uFE69",
        "%\uFE6A",
        "&\uFE60",
        "(\u207D\u208D\uFE35\uFE59",
        ")\u207E\u208E\uFE36\uFE5A",
        "*\uFE61",
        "+\u207A\u208A\uFB29\uFE62",
        ",\uFE10\uFE50",
        ".\u2024\uFE52",
        ":\uFE13\uFE55",
        ";\u037E\uFE14\uFE54",
        "<\uFE64",
        "=\u207C\u208C\uFE66",
        ">\uFE65",
        "?\uFE16\uFE56",
        "@\uFE6B",
        "A\u1D2C",
        "B\u1D2E\u212C",
        "C\u2102\u212D\u216D\uA7F2",
        "D\u1D30\u2145\u216E",
        "E\u1D31\u2130",
        "F\u2131\uA7F3",
        "G\u1D33",
        "H\u1D34\u210B\u210C\u210D",
        "I\u1D35\u2110\u2111\u2160",
        "J\u1D36",
        "K\u1D37\u212A",
        "L\u1D38\u2112\u216C",
        "M\u1D39\u2133\u216F",
        "N\u1D3A\u2115",
        "O\u1D3C",
        "P\u1D3E\u2119",
        "Q\u211A\uA7F4",
        "R\u1D3F\u211B\u211C\u211D",
        "T\u1D40",
        "U\u1D41",
        "V\u2164\u2C7D",
        "W\u1D42",
        "X\u2169",
        "Z\u2124\u2128",
        "[\uFE47",
        "\\\uFE68",
        "]\uFE48",
        "_\uFE33\uFE34\uFE4D\uFE4E\uFE4F",
        "`\u1FEF",
        "a\u00AA\u1D43\u2090",
        "b\u1D47",
        "c\u1D9C\u217D",
        "d\u1D48\u2146\u217E",
        "e\u1D49\u2091\u212F\u2147",
        "f\u1DA0",
        "g\u1D4D\u210A",
        "h\u02B0\u2095\u210E",
        "i\u1D62\u2071\u2139\u2148\u2170",
        "j\u02B2\u2149\u2C7C",
        "k\u1D4F\u2096",
        "l\u02E1\u2097\u2113\u217C",
        "m\u1D50\u2098\u217F",
        "n\u207F\u2099",
        "o\u00BA\u1D52\u2092\u2134",
        "p\u1D56\u209A",
        "r\u02B3\u1D63",
        "s\u017F\u02E2\u209B",
        "t\u1D57\u209C",
        "u\u1D58\u1D64",
        "v\u1D5B\u1D65\u2174",
        "w\u02B7",
        "x\u02E3\u2093\u2179",
        "y\u02B8",
        "z\u1DBB",
        "{\uFE37\uFE5B",
        "}\uFE38\uFE5C",
    }.SelectMany(row => row.Skip(1).Select(form => KeyValuePair.Create(form, row[0]))).ToFrozenDictionary();

    /// <returns>A code point, or <see cref="Dropped"/>.</returns>
    public static int Fold(Rune rune)
    {
        var value = rune.Value;
        return Rune.GetUnicodeCategory(rune) switch
        {
            _ when rune.IsAscii => value,
            _ when IsInvisible(value) => Dropped,
            UnicodeCategory.Format or UnicodeCategory.EnclosingMark => Dropped,
            UnicodeCategory.SpaceSeparator => ' ',
            UnicodeCategory.DashPunctuation => '-',
            UnicodeCategory.DecimalDigitNumber => '0' + (int)Rune.GetNumericValue(rune),
            UnicodeCategory.OtherNumber when rune.IsBmp && CharUnicodeInfo.GetDigitValue((char)value) is >= 0 and var digit => '0' + digit,
            _ => FoldCompatible(rune),
        };
    }

    private static int FoldCompatible(Rune rune) => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E and var fullWidth => fullWidth - 0xFF01 + '!',
        >= 0x24B6 and <= 0x24CF and var circled => circled - 0x24B6 + 'A',
        >= 0x24D0 and <= 0x24E9 and var circled => circled - 0x24D0 + 'a',
        >= 0x1D400 and <= 0x1D6A3 and var mathematical => Letter((mathematical - 0x1D400) % 52),
        >= 0x1F110 and <= 0x1F129 and var parenthesised => parenthesised - 0x1F110 + 'A',
        >= 0x1F130 and <= 0x1F149 and var squared => squared - 0x1F130 + 'A',
        >= 0x1F150 and <= 0x1F169 and var negativeCircled => negativeCircled - 0x1F150 + 'A',
        >= 0x1F170 and <= 0x1F189 and var negativeSquared => negativeSquared - 0x1F170 + 'A',
        0x02D7 or 0x2043 or 0x2212 or 0x2796 => '-', // minus signs and the hyphen bullet, which are not dash punctuation
        var value when rune.IsBmp && Compatible.TryGetValue((char)value, out var ascii) => ascii,
        var value => value,
    };

    private static int Letter(int index) => index < 26 ? 'A' + index : 'a' + index - 26;

    /// <summary>Unicode's Default_Ignorable_Code_Point outside the category of format characters: joiners, fillers, variation selectors, tags.</summary>
    private static bool IsInvisible(int value) => value
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2065 or 0x3164 or 0xFFA0
        or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
