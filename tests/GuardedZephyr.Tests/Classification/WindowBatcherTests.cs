using CsCheck;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

public sealed class WindowBatcherTests
{
    private static readonly FeatureSettings _settings = new() { Buckets = 1 << 17 };

    private static readonly Gen<string> _text = Gen.OneOf(Gen.Const("a "), Gen.Const("b. "), Gen.Const("kill "), Gen.Const("\n"), Gen.Const("? "), Gen.Const("x"), Gen.Const("longer words "), Gen.String[0, 8]).Array[0, 600].Select(string.Concat);

    [Fact]
    public void Every_window_with_a_word_is_in_one_batch_with_its_own_words() =>
        _text.Sample(
            text =>
            {
                var features = new TextFeatures();
                new FeatureExtractor(_settings).Extract(text, features);
                var expected = WindowCutter.Cut(text, _settings.WindowLength)
                    .Select(window => (Window: window, Words: features.Words.Where((_, i) => features.Starts[i] >= window.Start && features.Starts[i] < window.End).ToArray()))
                    .Where(item => item.Words.Length > 0)
                    .OrderBy(item => item.Window.Start).ThenBy(item => item.Window.End)
                    .Select(item => $"{item.Window} {string.Join(',', item.Words)}");

                var actual = new WindowBatcher(_settings).Batches(text, WindowCutter.Cut(text, _settings.WindowLength))
                    .SelectMany(batch => batch.Windows.Select((window, i) => (Window: window, Words: Words(batch, i))))
                    .OrderBy(item => item.Window.Start).ThenBy(item => item.Window.End)
                    .Select(item => $"{item.Window} {string.Join(',', item.Words)}");

                Assert.Equal(expected, actual);
            },
            iter: 300);

    [Fact]
    public void Every_word_of_a_batch_has_the_mean_of_its_ngrams() =>
        _text.Sample(
            text =>
            {
                foreach (var batch in new WindowBatcher(_settings).Batches(text, WindowCutter.Cut(text, _settings.WindowLength)))
                {
                    var counts = batch.NgramWords.CountBy(word => word).ToDictionary();
                    Assert.Equal(batch.Words.Length, counts.Count);
                    Assert.All(Enumerable.Range(0, batch.Words.Length), word => Assert.Equal(1, counts[word] * batch.NgramShares[word], 1e-5));
                }
            },
            iter: 100);

    private static int[] Words(WindowBatch batch, int window) =>
        [.. batch.Places[(window * batch.Longest)..((window + 1) * batch.Longest)].Where(place => place < batch.Words.Length).Select(place => batch.Words[place])];
}
