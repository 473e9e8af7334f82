using System.Buffers;
using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PiiPropertyTests
{
    /// <summary>Personal data and what is none, joined with and without something between: long enough for windows inside.</summary>
    private static readonly Gen<string> Crowded =
        Gen.Select(
            Gen.Frequency((2, SomeText.PersonalData.Select(planted => planted.Value)), (3, SomeText.Filler), (1, SomeText.Spoken)),
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
    public void Looking_only_where_a_finding_can_be_gives_what_looking_everywhere_gives()
    {
        var example = Gen.OneOf<string>([.. ShippedPolicies.PackNames.SelectMany(ShippedPolicies.ExampleTexts)]);
        Gen.Select(Gen.OneOf(Crowded, example, Mutated(example)), Gen.OneOf(SomeText.Wild, Gen.Const(""))).Sample(
            (text, wild) => AssertNothingIsLost(ShippedPolicies.Pii, text + wild),
            iter: 30);
    }

    [Fact]
    public void Nothing_is_lost_at_the_edges_of_the_parts_that_are_looked_at()
    {
        // With matches as long as they may be, and edges of the text, of lines and of words in them.
        PiiDetector[] tight =
        [
            new([Anchored("(?:^|[^0-9])(?<value>[0-9]{4})(?:$|[^0-9])", minDigits: 4, contains: null)]),
            new([Anchored(@"\b[0-9](?:-?[0-9]){3}\b", minDigits: 4, contains: null)]),
            new([Anchored("(?:^| )(?<value>x{1,2}@x{1,2})(?:$| )", minDigits: 0, contains: "@")]),
            new([Anchored("x(?:$|1)|x12|(?m:^)-1(?m:$)", minDigits: 0, contains: null)]),
        ];
        Gen.OneOf("1", "12", "1234", "1-1-1-1", "-", " ", "\n", "x", "@", "é", "xx@xx").Array[0, 40].Select(string.Concat).Sample(
            text => Assert.All(tight, detector => AssertNothingIsLost(detector, text)),
            iter: 5000);
    }

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

    private static Recognizer Anchored(string pattern, int minDigits, string? contains) => new()
    {
        Entity = "SOME",
        Patterns = Some.Recognizer("SOME", pattern).Patterns,
        LongestMatch = PatternLength.Of(pattern).Max,
        MinDigits = minDigits,
        Contains = contains is null ? null : SearchValues.Create(contains),
    };

    private static void AssertNothingIsLost(PiiDetector detector, string text) => Assert.Equal(detector.FindEverywhere(GuardText.From(text)), detector.Find(text));

    private static Gen<string> Mutated(Gen<string> texts) =>
        Gen.Select(texts, Gen.Int[0, 200], Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['0', '9'], Gen.OneOf<char>('é', '中', '\n', '½'))).Select(
            (text, at, character) => text.Length == 0 ? text : text.Remove(at % text.Length, 1).Insert(at % text.Length, character.ToString()));

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
