using System.Security.Cryptography;
using System.Text;
using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class DenyListTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private static readonly ListHasher Hasher = new(Key);

    private static readonly Gen<string> Crowded =
        Gen.Select(
            Gen.OneOf("Bluebird", "BLUEBIRD", "project", "Nightjar", "Project Nightjar", "@robin", "ada", "ada@example.org", "bluebirds", "x", "日本", "é", new string('y', 140)),
            Gen.Frequency((6, " "), (1, ""), (2, "    "), (1, "     "), (1, "-"), (1, ", "), (1, "\u200B"), (1, "😀")),
            (piece, joint) => piece + joint)
        .Array[20, 120].Select(string.Concat);

    [Theory]
    [InlineData("Bluebird", "Bluebird")]
    [InlineData("the (BLUEBIRD).", "BLUEBIRD")]
    [InlineData("project  nightjar", "project  nightjar")]
    [InlineData("Project\n\tNightjar", "Project\n\tNightjar")]
    [InlineData("ｂｌｕｅ\u200Bbird", "ｂｌｕｅ\u200Bbird")]
    [InlineData("by @robin!", "@robin")]
    public void Value_is_found_in_any_case_and_form_as_whole_words(string text, string value)
    {
        var finding = Assert.Single(Plain("Bluebird", "Project Nightjar", "@robin").Find(text));

        Assert.Equal((value, "PROJECT_NAME", 1.0, "list"), (finding.TextOf(text), finding.Category, finding.Score, finding.Detector));
    }

    [Theory]
    [InlineData("bluebirds")]
    [InlineData("xbluebird")]
    [InlineData("bluebird7")]
    [InlineData("projectnightjar")]
    [InlineData("project-nightjar")]
    [InlineData("project     nightjar")] // five spaces
    [InlineData("ada@robin")]
    public void Part_of_a_word_and_other_joints_are_not_the_value(string text) => Assert.Empty(Plain("Bluebird", "Project Nightjar", "@robin").Find(text));

    [Theory]
    [InlineData("Bluebird", "the BLUEBIRD flies", "BLUEBIRD")]
    [InlineData("Project Nightjar", "a project   nightjar.", "project   nightjar")]
    [InlineData("ada@example.org", "<ADA@example.org>", "ADA@example.org")]
    [InlineData("+1 212-555-0147", "call +1 212-555-0147 now", "1 212-555-0147")] // from its first letter or digit on
    public void Hashed_value_is_found_as_whole_words(string value, string text, string found)
    {
        var finding = Assert.Single(Hashed(4, value).Find(text));

        Assert.Equal((found, "PROJECT_NAME"), (finding.TextOf(text), finding.Category));
    }

    [Theory]
    [InlineData("Bluebird", "bluebirds")]
    [InlineData("Project Nightjar", "project-nightjar")]
    [InlineData("Project Nightjar", "project     nightjar")]
    [InlineData("one two three four", "one two three four")] // longer than three words
    public void Other_text_than_the_hashed_value_is_left_alone(string value, string text) => Assert.Empty(Hashed(3, value).Find(text));

    [Fact]
    public void Hash_is_hmac_sha256_of_the_value_as_lists_compare_it()
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes("project nightjar é")));

        Assert.Equal(expected, Hasher.Hash(" Ｐroject \n NIGHTJAR É!"));
        Assert.NotEqual(expected, new ListHasher(new byte[16]).Hash("project nightjar é"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("++")]
    [InlineData("\u200B")]
    public void Value_without_a_letter_or_digit_has_no_hash(string value) => Assert.Throws<ArgumentException>(() => Hasher.Hash(value));

    [Fact]
    public void Short_key_and_long_value_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListHasher(new byte[15]));
        Assert.Throws<ArgumentException>(() => Hasher.Hash(new string('x', 129)));
        Assert.Single(Hashed(1, new string('x', 128)).Find(new string('X', 128)));
        Assert.Empty(Hashed(1, new string('x', 128)).Find(new string('X', 129)));
    }

    [Fact]
    public void Values_inside_one_another_are_all_found() =>
        Assert.Equal(
            [(0, 16), (8, 8)],
            Plain("Project Nightjar", "Nightjar").Find("Project Nightjar").Select(finding => (finding.Start, finding.Length)));

    [Fact]
    public void Value_of_two_lists_is_found_as_both() =>
        Assert.Equal(
            ["PROJECT", "BIRD"],
            new DenyListDetector(new PlainValues([("bluebird", "PROJECT"), ("bluebird", "BIRD"), ("bluebird nest", "NEST")]), null).Find("Bluebird!").Select(finding => finding.Category));

    [Fact]
    public void Window_that_reaches_far_enough_gives_the_findings_of_the_whole_text()
    {
        (string, string)[] values = [("bluebird", "PROJECT_NAME"), ("project nightjar", "PROJECT_NAME"), ("@robin", "HANDLE"), ("日本", "PLACE")];
        var hashed = new HashedValues(Hasher, Digests("ada@example.org", "nightjar", new string('y', 120)), 3);
        IDetector[] detectors = [new DenyListDetector(new PlainValues(values), null), new DenyListDetector(new PlainValues(values), hashed)];

        Gen.Select(Crowded, Gen.Int[0, 2000], Gen.Int[0, 60], Gen.OneOf(detectors)).Sample(
            (text, from, extra, detector) => Windows.AssertAgrees(detector, text, from, extra),
            iter: 1000);
    }

    [Fact]
    public void Any_text_is_searched_and_findings_split_no_pair() =>
        Gen.Select(SomeText.Wild, SomeText.Wild).Sample(
            (before, behind) =>
            {
                var text = $"{before} bluebird {behind}";
                var detector = new DenyListDetector(new PlainValues([("bluebird", "A")]), new HashedValues(Hasher, Digests("bluebird"), 3));
                Assert.Contains(detector.Find(text), finding => finding.TextOf(text).Contains("bluebird", StringComparison.Ordinal));
                Assert.All(detector.Find(text), finding => Assert.False(SomeText.SplitsPair(text, finding.Start) || SomeText.SplitsPair(text, finding.End)));
            },
            iter: 1000);

    private static DenyListDetector Plain(params string[] values) =>
        new(new PlainValues([.. values.Select(value => (ListText.Normalise(value, new char[ListText.MaxLength]).ToString(), "PROJECT_NAME"))]), null);

    private static DenyListDetector Hashed(int maxWords, params string[] values) => new(null, new HashedValues(Hasher, Digests(values), maxWords));

    private static Dictionary<ListDigest, string> Digests(params string[] values) =>
        values.ToDictionary(value => ListDigest.Parse(Hasher.Hash(value))!.Value, _ => "PROJECT_NAME");
}
