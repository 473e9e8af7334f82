using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>How digits and signs are said: English, German, French, Spanish, Italian, Portuguese, Dutch.</summary>
internal static class SpokenWords
{
    public static FrozenDictionary<string, char> Digits { get; } = Table(
        "zero null zéro cero nul",
        "one eins un uno um een",
        "two zwei zwo deux dos due dois twee",
        "three drei trois tres tre três drie",
        "four vier quatre cuatro quattro quatro",
        "five fünf fuenf cinq cinco cinque vijf",
        "six sechs seis sei zes",
        "seven sieben sept siete sette sete zeven",
        "eight acht huit ocho otto oito",
        "nine neun neuf nueve nove negen");

    /// <summary>Signs that join what stands on both sides, and <c>+</c>, which joins what stands behind it.</summary>
    public static FrozenDictionary<string, char> Signs { get; } = new Dictionary<string, char>
    {
        ["at"] = '@',
        ["arobase"] = '@',
        ["arroba"] = '@',
        ["dot"] = '.',
        ["punkt"] = '.',
        ["punto"] = '.',
        ["ponto"] = '.',
        ["dash"] = '-',
        ["hyphen"] = '-',
        ["minus"] = '-',
        ["underscore"] = '_',
        ["plus"] = '+',
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often the digit behind the word is said.</summary>
    public static FrozenDictionary<string, int> Repeats { get; } =
        new Dictionary<string, int> { ["double"] = 2, ["triple"] = 3, ["treble"] = 3 }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> TopLevelDomains =
        "com org net edu gov mil int info biz io ai app dev example test co uk eu de fr es pt nl ch pl se fi dk ie cz gr ro hu ru ua tr ca mx br ar cl au nz jp cn kr sg hk th id ph za ng ke eg il"
            .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The generic and country domains (IANA root zone) that people say; those that are English words (in, it, me ...) are left out.</summary>
    public static bool IsTopLevelDomain(ReadOnlySpan<char> word) => TopLevelDomains.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static FrozenDictionary<string, char> Table(params string[] rows) => rows
        .SelectMany((row, digit) => row.Split(' ').Select(word => KeyValuePair.Create(word, (char)('0' + digit))))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
