using CsCheck;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Texts that do not matter, and values of personal data that were made up for tests.</summary>
internal static class SomeText
{
    /// <summary>Any UTF-16 at all: also control characters, invisible ones, lone surrogates.</summary>
    public static readonly Gen<string> Wild = Gen.OneOf(
        Gen.Char[' ', '~'].Select(character => character.ToString()),
        Gen.Char.Select(character => character.ToString()),
        Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32),
        Gen.OneOf("\u200B", "\uFE0F", "\u00AD", "\uD83D", "\uDE00", "５", "𝟓", "\u00A0", "—")).Array[0, 40].Select(string.Concat);

    /// <summary>A value, and the category that the standard policy gives it wherever it stands alone between spaces.</summary>
    public static readonly Gen<(string Value, string Category)> PersonalData = Gen.OneOf(
        ("ada.lovelace+tag@mail.example.co.uk", "EMAIL_ADDRESS"),
        ("x@example.org", "EMAIL_ADDRESS"),
        ("+1 (212) 555-0147", "PHONE_NUMBER"),
        ("212-555-0147", "PHONE_NUMBER"),
        ("+44 20 7946 0958", "PHONE_NUMBER"),
        ("4111 1111 1111 1111", "CREDIT_CARD"),
        ("5555555555554444", "CREDIT_CARD"),
        ("3782-822463-10005", "CREDIT_CARD"),
        ("DE89 3704 0044 0532 0130 00", "IBAN_CODE"),
        ("GB29NWBK60161331926819", "IBAN_CODE"),
        ("192.0.2.44", "IP_ADDRESS"),
        ("2001:db8::8a2e:370:7334", "IP_ADDRESS"),
        ("536-22-1234", "US_SSN"),
        ("536.22.1234", "US_SSN"));

    /// <summary>A piece of text between planted values: words, context words, punctuation, numbers that are nothing.</summary>
    public static readonly Gen<string> Filler = Gen.OneOf(
        "the", "order", "phone", "call", "my", "card", "ssn", "social security", "number", "is", "and", "ip", "at", "12", "2024", "1.5", "10/12/2024", "123456789",
        "280930640", "5551234", "0171 1234567", "don't", "x@y", "a:b", "3-4", "déjà", "日本語", "😀", "\n", "...", "(", ")", "--", "4111 1111 1111 1112", "000-12-3456");

    /// <summary>Pieces of what is spelled out, whole and in part.</summary>
    public static readonly Gen<string> Spoken = Gen.OneOf(
        "four one one one, one one one one, one one one one, one one one one", "five three six dash two two dash one two three four", "5 3 6 2 2 1 2 3 4", "plus four four two zero seven nine four six zero nine five eight",
        "ada dot b at example dot org", "a d a @ e x . o r g", "one", "two", "o", "seven", "double", "triple five", "dot", "at", "(at)", "[dot]", "com", "dash", "plus", "5", "a");

    public static bool SplitsPair(string text, int offset) => offset > 0 && offset < text.Length && char.IsSurrogatePair(text[offset - 1], text[offset]);
}
