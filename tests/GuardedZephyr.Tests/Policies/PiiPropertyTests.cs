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
        Crowded.Sample(text => Assert.All(ShippedPolicies.Recognizers, recognizer => AssertAnchorsAgree(recognizer, text)), iter: 50);

        // With matches as long as they may be, and edges of the text and of words in them.
        Recognizer[] tight =
        [
            Anchored("(?:^|[^0-9])(?<value>[0-9]{4})(?:$|[^0-9])", minDigits: 4, contains: null),
            Anchored(@"\b[0-9](?:-?[0-9]){3}\b", minDigits: 4, contains: null),
            Anchored("(?:^| )(?<value>x{1,2}@x{1,2})(?:$| )", minDigits: 0, contains: "@"),
        ];
        Gen.OneOf("1", "12", "1234", "1-1-1-1", "-", " ", "x", "@", "xx@xx").Array[0, 40].Select(string.Concat).Sample(
            text => Assert.All(tight, recognizer => AssertAnchorsAgree(recognizer, text)),
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

    private static void AssertAnchorsAgree(Recognizer recognizer, string text)
    {
        var everywhere = new Recognizer { Entity = "", Patterns = [], LongestMatch = recognizer.LongestMatch };
        Assert.Equal(Matches(recognizer, everywhere, text), Matches(recognizer, recognizer, text));
    }

    /// <summary>What counts of the matches of <paramref name="recognizer"/> in the parts of the text where those of <paramref name="anchors"/> can be.</summary>
    private static HashSet<(string Pattern, int Start, int Length)> Matches(Recognizer recognizer, Recognizer anchors, string text)
    {
        var found = new HashSet<(string, int, int)>();
        var scan = new SurfaceScan(text, [], [], 0, new PatternGroups([]), []);
        foreach (var pattern in recognizer.Patterns)
        {
            for (var regions = AnchoredRegions.Of(anchors, ref scan); regions.MoveNext();)
            {
                for (var from = regions.Start; pattern.TryFind(text, from, regions.End, out var match, out var value); from = match + 1)
                {
                    var span = text.AsSpan(value.Start, value.Length);
                    if ((recognizer.Contains is null || span.ContainsAny(recognizer.Contains)) && span.ToArray().Count(char.IsAsciiDigit) >= recognizer.MinDigits)
                    {
                        found.Add((pattern.Name, value.Start, value.Length));
                    }
                }
            }
        }

        scan.Dispose();
        return found;
    }

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
