using GuardedZephyr.Classification;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Classification;

public sealed class SequenceClassifierTests
{
    private const int Ada = 4;

    private static readonly string[] Three = ["TOXIC", "LABEL_1", "Safe"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bert", TinySequenceModel.MultiLabel)]
    [InlineData("bert", TinySequenceModel.SingleLabel)]
    [InlineData("bert", null)]
    [InlineData("roberta", TinySequenceModel.MultiLabel)]
    [InlineData("roberta", TinySequenceModel.SingleLabel)]
    public void Scores_are_those_of_the_head_over_the_ids_with_their_marks(string type, string? problem)
    {
        var random = new Random(5);
        using var tiny = type == "bert" ? TinySequenceModel.WordPiece(Three, (_, _) => Weight(random), problem) : TinySequenceModel.ByteLevel(Three, (_, _) => Weight(random), problem);
        using var classifier = Load(tiny);
        var tokenizer = EncoderTokenizer.Load(tiny.Folder, type);

        foreach (var text in new[] { "Ada lives in Quillton.", "Jörg 日", "😀 Ada", "\uD800 Ada", "x" })
        {
            var logits = tiny.Logits([tokenizer.Start, .. tokenizer.Tokenize(text).Select(token => token.Id), tokenizer.End]);

            var scores = classifier.Classify(text, Cancellation);

            Assert.Equal(["toxic", "label_1", "safe"], scores.Select(score => score.Label));
            Assert.All(scores.Zip(problem == TinySequenceModel.MultiLabel ? Sigmoid(logits) : Softmax(logits)), pair => Assert.Equal(pair.Second, pair.First.Score, 5));
            Assert.All(scores, score => Assert.Equal((0, text.Length), (score.Start, score.Length)));
        }
    }

    [Fact]
    public void Head_of_one_label_scores_it_by_itself()
    {
        using var tiny = TinySequenceModel.WordPiece(["toxic"], (id, _) => id == Ada ? -2 : 0, TinySequenceModel.SingleLabel);
        using var classifier = Load(tiny);

        Assert.Equal(Sigmoid([-2])[0], Assert.Single(classifier.Classify("Ada", Cancellation)).Score, 5);
    }

    [Theory]
    [InlineData(16, 300)]
    [InlineData(64, 300)]
    [InlineData(16, 5000)]
    public void Word_is_found_wherever_it_stands_in_a_long_text(int positions, int words)
    {
        using var tiny = TinySequenceModel.WordPiece(["toxic"], (id, _) => id == Ada ? 4 : 0, positions: positions);
        using var classifier = Load(tiny);
        for (var place = 0; place <= words; place += Math.Max(1, words / 60))
        {
            var text = string.Concat(Enumerable.Repeat("the ", place)) + "Ada" + string.Concat(Enumerable.Repeat(" the", words - place));

            var score = Assert.Single(classifier.Classify(text, Cancellation));

            Assert.Equal(Sigmoid([4])[0], score.Score, 5);
            Assert.Contains("Ada", text.Substring(score.Start, score.Length), StringComparison.Ordinal);
            Assert.InRange(score.Length, 3, positions * 4);
        }
    }

    [Fact]
    public void Long_text_scores_as_the_highest_of_its_windows()
    {
        var random = new Random(6);
        using var tiny = TinySequenceModel.WordPiece(["a", "b"], (_, _) => Weight(random), positions: 16);
        using var classifier = Load(tiny);
        var tokenizer = EncoderTokenizer.Load(tiny.Folder, "bert");
        string[] words = ["Ada", "Lovelace", "lives", "in", "Quillton", ".", "日", "nobody"];
        var text = string.Join(' ', Enumerable.Range(0, 6000).Select(_ => words[random.Next(words.Length)]));
        var ids = tokenizer.Tokenize(text).Select(token => token.Id).ToArray();
        var highest = new double[2];
        for (var first = 0; ; first += 10)
        {
            var start = Math.Min(first, ids.Length - 14);
            var scores = Sigmoid(tiny.Logits([tokenizer.Start, .. ids[start..(start + 14)], tokenizer.End]));
            highest = [.. highest.Zip(scores, Math.Max)];
            if (first >= ids.Length - 14)
            {
                break;
            }
        }

        Assert.All(classifier.Classify(text, Cancellation).Zip(highest), pair => Assert.Equal(pair.Second, pair.First.Score, 5));
    }

    [Theory]
    [InlineData(0, 14, "")]
    [InlineData(1, 14, "0+1")]
    [InlineData(14, 14, "0+14")]
    [InlineData(15, 14, "0+14 1+14")]
    [InlineData(40, 14, "0+14 10+14 20+14 26+14")]
    public void Windows_overlap_and_have_one_length(int count, int longest, string windows) =>
        Assert.Equal(windows, string.Join(' ', TokenWindows.Cut(count, longest).Select(window => $"{window.First}+{window.Count}")));

    [Fact]
    public void Of_labels_with_one_name_the_highest_counts_and_those_without_a_name_are_dropped()
    {
        using var tiny = TinySequenceModel.WordPiece(["LABEL_0", "LABEL_1", "SAFE"], (id, label) => id != Ada ? 0 : label switch { 0 => 2, 1 => 1, _ => 3 });
        using var classifier = Load(tiny, new() { ["LABEL_1"] = "toxicity", ["LABEL_0"] = "toxicity" });

        Assert.Equal(["toxicity"], classifier.Labels);
        Assert.Equal(Sigmoid([2])[0], Assert.Single(classifier.Classify("Ada", Cancellation)).Score, 5);
    }

    [Fact]
    public void Mapping_of_a_label_that_the_model_lacks_is_refused_with_those_that_there_are()
    {
        using var tiny = TinySequenceModel.WordPiece(Three, (_, _) => 0);

        var error = Assert.Throws<ClassifierLabelsException>(() => Load(tiny, new() { ["TOXIC"] = "toxicity", ["toxic"] = "toxicity" }));

        Assert.Contains("labels names toxic, which", error.Message, StringComparison.Ordinal);
        Assert.Contains("it has TOXIC, LABEL_1, Safe", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\u200B\uD800")]
    public void Text_without_tokens_scores_zero(string text)
    {
        using var tiny = TinySequenceModel.WordPiece(["toxic"], (_, _) => 3);
        using var classifier = Load(tiny);

        Assert.Equal(0, Assert.Single(classifier.Classify(text, Cancellation)).Score);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Model_that_gives_no_number_is_an_error_and_never_a_pass(float weight)
    {
        using var tiny = TinySequenceModel.WordPiece(["toxic", "other"], (id, label) => id == Ada && label == 1 ? weight : 0);
        using var classifier = Load(tiny, new() { ["toxic"] = "toxicity" });

        var error = Assert.Throws<DetectionException>(() => classifier.Classify("Ada lives", Cancellation));

        Assert.DoesNotContain("Ada", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_that_gives_another_shape_is_an_error_and_never_a_pass()
    {
        using var tiny = TinySequenceModel.WordPiece(["toxic", "other"], (_, _) => 0);
        tiny.SaveMisshapenModel();
        using var classifier = Load(tiny);

        Assert.Contains("shape [2, 2] and not [1, 2]", Assert.Throws<DetectionException>(() => classifier.Classify("in", Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_over_the_limit_is_refused_and_a_cancelled_judgement_stops()
    {
        using var tiny = TinySequenceModel.WordPiece(["toxic"], (_, _) => 0);
        using var classifier = Load(tiny);

        Assert.Throws<DetectionException>(() => classifier.Classify(new string('a', SequenceClassifier.LongestText + 1), Cancellation));
        Assert.Throws<OperationCanceledException>(() => classifier.Classify("Ada", new CancellationToken(canceled: true)));
    }

    private static float Weight(Random random) => (float)(random.NextDouble() - 0.5);

    private static SequenceClassifier Load(TinySequenceModel tiny, Dictionary<string, string>? labels = null) => SequenceClassifier.Load(tiny.Folder, labels ?? []);

    private static double[] Sigmoid(double[] logits) => [.. logits.Select(logit => 1 / (1 + Math.Exp(-logit)))];

    private static double[] Softmax(double[] logits) => [.. logits.Select(logit => Math.Exp(logit) / logits.Sum(Math.Exp))];
}
