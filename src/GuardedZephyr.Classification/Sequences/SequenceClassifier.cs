using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>A sequence classifier in the Hugging Face layout, as harm classifier. Thread-safe; owns the session.</summary>
public sealed class SequenceClassifier : IHarmClassifier
{
    /// <summary>A longer text (in UTF-16 code units) is refused, never cut.</summary>
    public const int LongestText = HarmClassifier.LongestText;

    /// <summary>Tokens of a window, also where a model could take more: what is longer waters down what stands in it.</summary>
    private const int LongestWindow = 510;

    /// <summary>Tokens of a run, about: they bound its memory.</summary>
    private const int MostTokens = 4096;

    /// <summary>Of English, about; a window that has more tokens is judged in parts.</summary>
    private const int CharactersOfAToken = 3;

    private readonly EncoderDescription _description;
    private readonly SequenceHead _head;
    private readonly LabelMap _labels;
    private readonly EncoderSession _session;

    private SequenceClassifier(EncoderDescription description, SequenceHead head, LabelMap labels, EncoderSession session)
    {
        _description = description;
        _head = head;
        _labels = labels;
        _session = session;
    }

    /// <summary>The folder's name.</summary>
    public string Name => _description.Name;

    public IReadOnlyList<string> Labels => _labels.Labels;

    /// <param name="labels">What the model's labels are called in rules; when it is empty, each keeps its own name in lower case, else those that are not here are dropped.</param>
    /// <exception cref="ClassifierFolderException">The folder has not what a sequence classifier needs; the message names the file and the fault.</exception>
    /// <exception cref="ClassifierLabelsException"><paramref name="labels"/> names a label that the model lacks.</exception>
    public static SequenceClassifier Load(string folder, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(labels);
        var description = EncoderFolder.Read(folder);
        var (head, map) = (SequenceHead.Of(description), LabelMap.Create(description.Name, description.Labels, labels));
        return new SequenceClassifier(description, head, map, EncoderSession.Open(description, isPerToken: false));
    }

    public IReadOnlyList<LabelScore> Classify(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new DetectionException($"The text has {text.Length} characters; the harm classifier judges at most {LongestText}. Send it in parts.");
        }

        LabelScore[] best = [.. Labels.Select(label => new LabelScore(label, 0, 0, text.Length))];
        foreach (var (window, scores) in Score(text, cancellationToken))
        {
            for (var i = 0; i < best.Length; i++)
            {
                if (scores[i] > best[i].Score)
                {
                    best[i] = new LabelScore(best[i].Label, scores[i], window.Start, window.Length);
                }
            }
        }

        return best;
    }

    int IHarmClassifier.WindowLength => CharactersOfAToken * Math.Min(LongestWindow, _description.MaxTokens);

    /// <summary>No sentences of their own: a run of a large model for each would cost more than it finds.</summary>
    IEnumerable<TextWindow> IHarmClassifier.Windows(string text) => WindowCutter.Passages(text, ((IHarmClassifier)this).WindowLength);

    IEnumerable<WindowScores> IHarmClassifier.Score(string text, IEnumerable<TextWindow> windows, CancellationToken cancellationToken)
    {
        foreach (var window in windows)
        {
            float[]? highest = null;
            foreach (var (_, scores) in Score(text.Substring(window.Start, window.Length), cancellationToken))
            {
                highest = highest is null ? scores : [.. highest.Zip(scores, Highest)];
            }

            if (highest is not null)
            {
                yield return new WindowScores(window, highest);
            }
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>What is no number stays, so that it is seen.</summary>
    private static float Highest(float one, float other) => float.IsNaN(one) || one > other ? one : other;

    /// <summary>The scores of each window, by label; lazily. What has no tokens has no windows.</summary>
    private IEnumerable<(TextWindow Window, float[] Scores)> Score(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var tokens = _description.Tokenizer.Tokenize(text);
        var longest = Math.Min(LongestWindow, _description.MaxTokens);
        foreach (var windows in TokenWindows.Cut(tokens.Count, longest).Chunk(Math.Max(1, MostTokens / longest)))
        {
            var logits = _session.Run([.. windows.SelectMany(window => Ids(tokens, window.First, window.Count))], windows.Length, cancellationToken);
            var width = logits.Length / windows.Length;
            for (var i = 0; i < windows.Length; i++)
            {
                var scores = logits.AsSpan(i * width, width);
                _head.Score(scores);
                yield return (SpanOf(text, tokens, windows[i].First, windows[i].Count), _labels.Map(scores));
            }
        }
    }

    private IEnumerable<long> Ids(IReadOnlyList<EncoderToken> tokens, int first, int count)
    {
        yield return _description.Tokenizer.Start;
        for (var i = first; i < first + count; i++)
        {
            yield return tokens[i].Id;
        }

        yield return _description.Tokenizer.End;
    }

    /// <summary>From the word of the first token to that of the last; the ends of the text belong to the windows there.</summary>
    private static TextWindow SpanOf(string text, IReadOnlyList<EncoderToken> tokens, int first, int count)
    {
        var last = tokens[first + count - 1];
        var start = first == 0 ? 0 : tokens[first].Start;
        return new TextWindow(start, (first + count == tokens.Count ? text.Length : last.Start + last.Length) - start);
    }
}
