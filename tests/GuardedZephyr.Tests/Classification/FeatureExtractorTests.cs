using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

public sealed class FeatureExtractorTests
{
    private static readonly FeatureSettings _settings = new() { Buckets = 1 << 17 };

    [Theory]
    [InlineData("Hi", "102313,64811,88054")]
    [InlineData("kill -9", "0")]
    [InlineData("Don\u2019t panic, \U0001F600!", "0")]
    public void Features_are_the_ones_that_the_shipped_model_was_trained_with(string text, string buckets) =>
        Assert.Equal(buckets, string.Join(',', Extract(text)));

    [Theory]
    [InlineData("How do I KILL a process?", "how do i kill a process")]
    [InlineData("sooooo good", "soo good")]
    [InlineData("room 101", "room 999")]
    [InlineData("don\u2019t", "don't")]
    [InlineData("one,  two\n\nthree", "one two three")]
    public void Case_repeats_digits_and_spacing_make_no_difference(string text, string same) => Assert.Equal(Extract(same), Extract(text));

    [Theory]
    [InlineData("dog bites man", "man bites dog")]
    [InlineData("kill", "skill")]
    [InlineData("\U0001F600", "\U0001F52A")]
    public void Order_words_and_emoji_make_a_difference(string text, string other) => Assert.NotEqual(Extract(other), Extract(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("... !? -- ()")]
    public void A_text_without_words_has_no_features(string text) => Assert.Empty(Extract(text));

    [Fact]
    public void Every_text_stays_within_the_stated_number_of_features_and_buckets() =>
        CsCheck.Check.Sample(CsCheck.Gen.String, text =>
        {
            var buckets = Extract(text);
            Assert.All(buckets, bucket => Assert.InRange(bucket, 0, _settings.Buckets - 1));
        });

    private static int[] Extract(string text)
    {
        var extractor = new FeatureExtractor(_settings);
        var buckets = new int[extractor.MostFeatures(text.Length)];
        return buckets[..extractor.Extract(text, buckets)];
    }
}
