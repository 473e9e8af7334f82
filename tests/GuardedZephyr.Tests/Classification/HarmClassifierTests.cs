using GuardedZephyr.Classification;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Classification;

public sealed class HarmClassifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("  ...  ")]
    public void A_text_without_words_scores_zero_on_every_label(string text)
    {
        using var tiny = TinyClassifier.Scoring(0.25f, 0.75f);
        using var classifier = HarmClassifier.Load(tiny.Folder);

        Assert.All(classifier.Classify(text, Cancellation), score => Assert.Equal(0, score.Score));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    public void A_model_that_gives_no_score_is_an_error_and_never_a_pass(float output)
    {
        using var tiny = TinyClassifier.Scoring(0.25f, output);
        using var classifier = HarmClassifier.Load(tiny.Folder);

        var error = Assert.Throws<DetectionException>(() => classifier.Classify("some private words", Cancellation));

        Assert.DoesNotContain("private", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_over_the_limit_is_refused_and_one_at_the_limit_is_judged()
    {
        using var tiny = TinyClassifier.Scoring(0.25f, 0.75f);
        using var classifier = HarmClassifier.Load(tiny.Folder);

        Assert.Throws<DetectionException>(() => classifier.Classify(new string('a', HarmClassifier.LongestText + 1), Cancellation));
        Assert.Equal(0.75, classifier.Classify(new string('a', HarmClassifier.LongestText), Cancellation)[1].Score);
    }

    [Fact]
    public async Task Findings_cover_all_labels_in_offsets_of_the_original()
    {
        using var tiny = TinyClassifier.Scoring(0.25f, 0.75f);
        using var classifier = HarmClassifier.Load(tiny.Folder);
        var text = GuardText.From("A text to judge.");

        var findings = await new HarmDetector(classifier).DetectAsync(text, Direction.Input, Cancellation);

        Assert.Equal([new Finding("first", 0, 16, 0.25, "harm"), new Finding("second", 0, 16, 0.75, "harm")], findings);
    }

    [Fact]
    public void A_cancelled_judgement_stops()
    {
        using var tiny = TinyClassifier.Scoring(0.25f, 0.75f);
        using var classifier = HarmClassifier.Load(tiny.Folder);

        Assert.Throws<OperationCanceledException>(() => classifier.Classify("A text.", new CancellationToken(canceled: true)));
    }
}
