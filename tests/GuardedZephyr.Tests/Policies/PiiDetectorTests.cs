using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PiiDetectorTests
{
    [Theory]
    [InlineData("key 1234", 0.55)]
    [InlineData("1234 is the key", 0.55)]
    [InlineData("KEY: a b c d 1234", 0.55)]
    [InlineData("key: a b c d e 1234", 0.2)] // the sixth word
    [InlineData("1234 a b c d key", 0.55)]
    [InlineData("1234 a b c d e key", 0.2)]
    [InlineData("keys 1234", 0.2)] // not the whole word
    [InlineData("monkey 1234", 0.2)]
    [InlineData("secret code 1234", 0.55)]
    [InlineData("secret, code=1234", 0.55)]
    [InlineData("code secret 1234", 0.2)]
    [InlineData("secret 1234 code", 0.2)] // a phrase stands on one side
    public void Context_word_lifts_the_score(string text, double score)
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", @"\b[0-9]{4}\b", 0.2, null, "key", "secret code")]);

        Assert.Equal(score, Assert.Single(detector.Find(text)).Score, precision: 10);
    }

    [Theory]
    [InlineData("อัน 1234", 0.55)]
    [InlineData("आधार: 1234", 0.55)]
    [InlineData("आधारित 1234", 0.2)] // not the whole word
    public void Vowel_sign_is_part_of_the_word(string text, double score)
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", @"\b[0-9]{4}\b", 0.2, null, "อัน", "आधार")]);

        Assert.Equal(score, Assert.Single(detector.Find(text)).Score, precision: 10);
    }

    [Theory]
    [InlineData(57, 0.55)]
    [InlineData(58, 0.2)]
    public void Context_word_counts_when_all_of_it_is_within_sixty_characters(int between, double score)
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", @"\b[0-9]{4}\b", 0.2, null, "key")]);
        var gap = new string(' ', between);

        Assert.Equal(score, Assert.Single(detector.Find($"key{gap}1234")).Score, precision: 10);
        Assert.Equal(score, Assert.Single(detector.Find($"1234{gap}key")).Score, precision: 10);
    }

    [Theory]
    [InlineData("x", 0.2)]
    [InlineData(" ", 0.55)]
    public void Context_word_at_the_edge_of_the_window_must_be_whole(string edge, double score)
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", @"\b[0-9]{4}\b", 0.2, null, "key")]);
        var gap = new string(' ', 57);

        Assert.Equal(score, Assert.Single(detector.Find($"{edge}key{gap}1234")).Score, precision: 10);
        Assert.Equal(score, Assert.Single(detector.Find($"1234{gap}key{edge}")).Score, precision: 10);
    }

    [Fact]
    public void Context_lifts_a_low_score_to_the_least_that_counts()
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", "[0-9]{4}", 0.05, null, "key")]);

        Assert.Equal(0.5, Assert.Single(detector.Find("key 1234")).Score);
    }

    [Fact]
    public void Candidate_that_its_validator_drops_hides_none_that_starts_inside_it()
    {
        var detector = new PiiDetector([Some.Recognizer("EVEN", "[0-9]{4}", 0.5, EndsEven)]);

        Assert.Equal([1], detector.Find("12354").Select(finding => finding.Start));
    }

    [Fact]
    public void Validator_lifts_drops_or_leaves_the_score()
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", @"\b[0-9]{2}\b", 0.4, ByFirstDigit)]);

        Assert.Equal([(0, 1.0), (6, 0.4)], detector.Find("10 20 30").Select(finding => (finding.Start, finding.Score)));
    }

    [Fact]
    public void Surest_name_of_a_span_wins_and_the_first_among_equals()
    {
        var weak = Some.Recognizer("WEAK", "[0-9]{4}", 0.4);
        var strong = Some.Recognizer("STRONG", "[0-9]{4}", 0.6);
        var equal = Some.Recognizer("EQUAL", "[0-9]{4}", 0.6);

        Assert.Equal("STRONG", Assert.Single(new PiiDetector([weak, strong, equal]).Find("1234")).Category);
        Assert.Equal("EQUAL", Assert.Single(new PiiDetector([equal, strong, weak]).Find("1234")).Category);
    }

    [Fact]
    public void Finding_inside_a_less_sure_one_stays()
    {
        var detector = new PiiDetector([Some.Recognizer("LONG", "a[0-9]{4}b", 0.4), Some.Recognizer("SHORT", "[0-9]{4}", 0.6)]);

        Assert.Equal(["LONG", "SHORT"], detector.Find("a1234b").Select(finding => finding.Category));
        Assert.Equal("LONG", Assert.Single(new PiiDetector([Some.Recognizer("LONG", "a[0-9]{4}b", 0.6), Some.Recognizer("SHORT", "[0-9]{4}", 0.6)]).Find("a1234b")).Category);
    }

    [Fact]
    public void Findings_that_overlap_in_part_both_stay()
    {
        var detector = new PiiDetector([Some.Recognizer("A", "ab", 0.9), Some.Recognizer("B", "bc", 0.5)]);

        Assert.Equal([("A", 0), ("B", 1)], detector.Find("abc").Select(finding => (finding.Category, finding.Start)));
    }

    [Fact]
    public void Group_value_is_the_finding_and_the_rest_is_what_stands_around_it()
    {
        var detector = new PiiDetector([Some.Recognizer("PIN", "(?:^|[^0-9.])(?<value>[0-9]{2})(?:$|[^0-9])")]);

        Assert.Equal([0, 3, 15], detector.Find("12 34 5.67 899 89").Select(finding => finding.Start));
    }

    [Fact]
    public void Reach_is_the_longest_match_and_the_context_beside_it() =>
        Assert.Equal(8 + 60 + 1, new PiiDetector([Some.Recognizer("A", "a{8}"), Some.Recognizer("B", "b")]).Reach);

    [Fact]
    public async Task Cancelled_detection_stops()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
            await ShippedPolicies.Pii.DetectAsync(GuardText.From("536-22-1234"), Direction.Input, cancelled));
    }

    private static Validation EndsEven(ReadOnlySpan<char> candidate) =>
        (candidate[^1] - '0') % 2 == 0 ? new Validation(Validity.Valid, candidate.Length) : Validation.Invalid;

    private static Validation ByFirstDigit(ReadOnlySpan<char> candidate) => candidate[0] switch
    {
        '1' => new Validation(Validity.Valid, candidate.Length),
        '2' => Validation.Invalid,
        _ => new Validation(Validity.Undecided, candidate.Length),
    };
}
