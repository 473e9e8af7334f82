using System.Text;

namespace GuardedZephyr.Bench;

/// <summary>Texts of any length that a scanner may find hard.</summary>
internal static class LongTexts
{
    private static readonly (string Name, string Unit)[] Repeated =
    [
        ("digits", "1"),
        ("digit and space", "1 "),
        ("digit and dot", "1."),
        ("digit and dash", "1-"),
        ("ascending digits", "0123456789"),
        ("full-width digits", "\uFF11"),
        ("digits split by zero-width spaces", "1\u200B"),
        ("letter", "a"),
        ("capital", "A"),
        ("letter and at sign", "a@"),
        ("letter and dot", "a."),
        ("at signs", "@"),
        ("spaces", " "),
        ("line ends", "\n"),
        ("+1", "+1 "),
        ("opening brackets", "("),
        ("hexadecimal groups", "ab:"),
        ("head of a private key", "-----BEGIN "),
        ("head of a web token", "eyJ"),
        ("head of an access key", "AKIA"),
        ("head of an address", "https://"),
        ("assignment", "password="),
        ("cards", "4111 1111 1111 1111 "),
        ("e-mail addresses", "ada@example.org "),
        ("account numbers", "GB29 NWBK 6016 1331 9268 19 "),
        ("context words", "ssn passport card phone "),
        ("context words and digits", "ssn 123456789 "),
        ("titles and capitals", "Mr. Aa Bb "),
        ("form fields", "Name: Aa\n"),
    ];

    public static IEnumerable<string> Names => [Prose, .. Repeated.Select(text => text.Name), "random printable characters", "random Unicode"];

    public const string Prose = "clean prose";

    /// <param name="length">In UTF-16 code units.</param>
    public static string Make(string name, int length, IReadOnlyList<string> clean, int seed)
    {
        var random = new Random(seed);
        return name switch
        {
            Prose => Repeat(string.Join(' ', clean), length),
            "random printable characters" => string.Create(length, random, (span, random) => Fill(span, random, ' ', '~' + 1)),
            "random Unicode" => RandomUnicode(length, random),
            _ => Repeat(Repeated.Single(text => text.Name == name).Unit, length),
        };
    }

    private static string Repeat(string unit, int length) =>
        new StringBuilder(length + unit.Length).Insert(0, unit, (length / unit.Length) + 1).ToString(0, length);

    private static void Fill(Span<char> span, Random random, int from, int to)
    {
        foreach (ref var character in span)
        {
            character = (char)random.Next(from, to);
        }
    }

    private static string RandomUnicode(int length, Random random)
    {
        var text = new StringBuilder(length);
        while (text.Length < length - 1)
        {
            if (Rune.TryCreate(random.Next(0x110000), out var rune))
            {
                text.Append(rune);
            }
        }

        return text.ToString();
    }
}
