using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>
/// Scores every window of a text: of its matching surface, of that joined with what came before in the conversation, and of what the text hides in
/// encodings, ciphers and spellings. What one classifier needs beyond its windows is here for all of them. Thread-safe.
/// </summary>
internal sealed class SurfaceScorer(IHarmClassifier classifier)
{
    /// <summary>Surface of the text itself.</summary>
    public const string Plain = "plain";

    /// <summary>Surface of the text with what came before it.</summary>
    public const string Joined = "joined";

    /// <summary>A longer text (in UTF-16 code units) is refused, never cut.</summary>
    public const int LongestText = HarmClassifier.LongestText;

    public IReadOnlyList<string> Labels => classifier.Labels;

    /// <summary>Lazily, surface by surface.</summary>
    /// <exception cref="DetectionException">The text is longer than <see cref="LongestText"/>, or hides too much, or the model gave something that is no score.</exception>
    public IEnumerable<SurfaceScores> Score(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        if (text.Surface.Length > LongestText)
        {
            throw new DetectionException($"The text has {text.Surface.Length} characters; the harm classifier judges at most {LongestText}. Send it in parts.");
        }

        return ScorePlain(text, cancellationToken)
            .Concat(JoinedText.Of(text, direction, classifier.WindowLength).SelectMany(joined => ScoreJoined(joined, text, cancellationToken)))
            .Concat(Hidden(text).SelectMany(decoded => ScoreDecoded(decoded, text, cancellationToken)));
    }

    private static IEnumerable<DecodedText> Hidden(GuardText text)
    {
        foreach (var decoded in SurfaceReader.Read(text.Surface))
        {
            yield return decoded;
        }
    }

    private IEnumerable<SurfaceScores> ScorePlain(GuardText text, CancellationToken cancellationToken) =>
        ScoreWindows(text.Surface, classifier.Windows(text.Surface), Plain, window => window, text, cancellationToken);

    private IEnumerable<SurfaceScores> ScoreJoined(JoinedText joined, GuardText text, CancellationToken cancellationToken) =>
        ScoreWindows(joined.Text, classifier.Windows(joined.Text).Where(joined.Straddles), Joined, joined.Source, text, cancellationToken);

    private IEnumerable<SurfaceScores> ScoreDecoded(DecodedText decoded, GuardText text, CancellationToken cancellationToken) =>
        ScoreWindows(decoded.Text, classifier.Windows(decoded.Text), decoded.Surface, decoded.Source, text, cancellationToken);

    /// <param name="source">The part of the matching surface that a window stands for.</param>
    private IEnumerable<SurfaceScores> ScoreWindows(
        string judged, IEnumerable<TextWindow> windows, string surface, Func<TextWindow, TextWindow> source, GuardText text, CancellationToken cancellationToken)
    {
        foreach (var scored in classifier.Score(judged, windows, cancellationToken))
        {
            if (Array.FindIndex(scored.Scores, score => !(score is >= 0 and <= 1)) is >= 0 and var label)
            {
                throw new DetectionException($"The harm classifier '{classifier.Name}' gave no score from 0 to 1 for label '{classifier.Labels[label]}'.");
            }

            var from = source(scored.Window);
            var (start, length) = from.Length == 0 ? (text.OriginalOffset(from.Start), 0) : text.OriginalSpan(from.Start, from.Length);
            yield return new SurfaceScores(surface, start, length, scored.Scores);
        }
    }
}
