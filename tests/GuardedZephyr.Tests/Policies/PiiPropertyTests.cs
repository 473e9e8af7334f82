using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PiiPropertyTests
{
    /// <summary>Personal data and what is none, joined with and without something between: long enough for windows inside.</summary>
    private static readonly Gen<string> Crowded =
        Gen.Select(
            Gen.Frequency((2, SomeText.PersonalData.Select(planted => planted.Value)), (3, SomeText.Filler)),
            Gen.Frequency((6, " "), (1, ""), (1, "-"), (1, "."), (1, ", "), (1, "                    ")),
            (piece, joint) => piece + joint)
        .Array[60, 160].Select(string.Concat);

    /// <summary>Short numbers and context words at every distance: for a detector whose reach is as tight as can be.</summary>
    private static readonly Gen<string> Spread =
        Gen.Select(
            Gen.OneOf("1234", "12345", "key", "keys", "two words", "x"),
            Gen.Frequency((3, Gen.Int[0, 8]), (2, Gen.Int[50, 62])),
            (piece, distance) => piece + new string(' ', distance))
        .Array[10, 40].Select(string.Concat);

    [Fact]
    public void Window_that_reaches_far_enough_gives_the_findings_of_the_whole_text() =>
        Gen.Select(Crowded, Gen.Int[0, 4000], Gen.Int[0, 400]).Sample(
            (text, from, extra) => Windows.AssertAgrees(ShippedPolicies.Pii, text, from, extra),
            iter: 100);

    [Fact]
    public void Reach_takes_in_the_last_character_that_can_decide()
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", @"\b[0-9]{4}\b", 0.2, null, "key", "two words")]);

        Gen.Select(Spread, Gen.Int[0, 4000], Gen.Int[0, 20]).Sample((text, from, extra) => Windows.AssertAgrees(detector, text, from, extra), iter: 2000);
    }

    [Fact]
    public void Finding_is_inside_its_text_and_never_splits_a_surrogate_pair() =>
        Gen.Select(SomeText.Wild, SomeText.PersonalData, SomeText.Wild).Sample(
            (before, planted, behind) =>
            {
                var text = $"{before}{planted.Value}{behind}";
                foreach (var finding in ShippedPolicies.Pii.Find(text))
                {
                    Assert.True(finding is { Start: >= 0, Length: > 0, Score: >= 0 and <= 1 } && finding.End <= text.Length);
                    Assert.False(SomeText.SplitsPair(text, finding.Start) || SomeText.SplitsPair(text, finding.End));
                }
            },
            iter: 1000);

    [Fact]
    public void Planted_value_is_found_whole_however_it_is_disguised() =>
        Gen.Select(SomeText.PersonalData, Gen.Int[0, 5].Array[40]).Sample(
            (planted, disguises) =>
            {
                var disguised = string.Concat(planted.Value.Select((character, index) => Disguised(character, disguises[index])));
                var text = $"so {disguised} then";

                var found = ShippedPolicies.Pii.Find(text).Where(finding => finding.Category == planted.Category && finding.Score >= 0.5);

                Assert.Contains(found, finding => finding.Start <= 3 && finding.End >= 3 + disguised.TrimEnd('\u200B', '\u2060').Length);
            },
            iter: 1000);

    private static string Disguised(char character, int disguise) => disguise switch
    {
        0 => $"{character}\u200B",
        1 => $"{character}\u2060\u200B\u2060",
        2 when character is > ' ' and <= '~' => ((char)(character - '!' + '！')).ToString(),
        3 when char.IsAsciiDigit(character) => char.ConvertFromUtf32(0x1D7CE + character - '0'),
        3 when character == ' ' => "\u00A0",
        3 when character == '-' => "–",
        4 when char.IsAsciiLetterLower(character) => char.ConvertFromUtf32(0x1D5BA + character - 'a'),
        _ => character.ToString(),
    };
}
