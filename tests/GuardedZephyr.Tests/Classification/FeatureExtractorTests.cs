using CsCheck;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

public sealed class FeatureExtractorTests
{
    private static readonly FeatureSettings _settings = new() { Buckets = 1 << 17 };

    /// <summary>Each word's bucket and those of its n-grams; the expected ones come from a second implementation, in another language.</summary>
    [Theory]
    [InlineData("Hi", "2967:21438,10312,7048")]
    [InlineData("a b, c.", "13569:80304;66952:93097;36186:104078")]
    [InlineData("I\u2019m \U0001F600!", "111915:15055,12019,49575,114121,95240,47515;54539:87256,116477,22932;48527:62048")]
    [InlineData("Tip: 42", "130172:100013,19243,8062,99424,125670,33296;89514:78953,31527,35426")]
    public void Features_are_the_ones_that_the_shipped_model_was_trained_with(string text, string buckets) => Assert.Equal(buckets, Spelt(text));

    [Theory]
    [InlineData("How do I KILL a process?", "how do i kill a process?")]
    [InlineData("sooooo good", "soo good")]
    [InlineData("room 101", "room 999")]
    [InlineData("don\u2019t", "don't")]
    [InlineData("\u201Cyes\u201D", "\"yes\"")]
    [InlineData("one,  two\n\nthree", "one two three")]
    public void Case_repeats_digits_and_spacing_make_no_difference(string text, string same) => Assert.Equal(Spelt(same), Spelt(text));

    [Theory]
    [InlineData("dog bites man", "man bites dog")]
    [InlineData("kill", "skill")]
    [InlineData("really", "really?")]
    [InlineData("\U0001F600", "\U0001F52A")]
    public void Order_words_questions_and_emoji_make_a_difference(string text, string other) => Assert.NotEqual(Spelt(other), Spelt(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("... -- ()")]
    public void A_text_without_words_has_no_features(string text) => Assert.Equal(0, Extract(text).Count);

    [Fact]
    public void Every_text_gives_words_with_ngrams_in_buckets_that_exist_and_in_the_order_of_the_text() =>
        Gen.String.Sample(text =>
        {
            var features = Extract(text);
            Assert.All(features.Words.Concat(features.Ngrams), bucket => Assert.InRange(bucket, 0, _settings.Buckets - 1));
            Assert.Equal(features.Starts.Order(), features.Starts);
            Assert.All(Enumerable.Range(0, features.Count), word => Assert.True(features.NgramEnds[word] > features.NgramStart(word)));
        });

    private static TextFeatures Extract(string text)
    {
        var features = new TextFeatures();
        new FeatureExtractor(_settings).Extract(text, features);
        return features;
    }

    private static string Spelt(string text)
    {
        var features = Extract(text);
        return string.Join(';', features.Words.Select((word, i) => $"{word}:{string.Join(',', features.Ngrams[features.NgramStart(i)..features.NgramEnds[i]])}"));
    }
}
