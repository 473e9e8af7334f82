using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

/// <summary>Gives a window 0.9 when it holds all words, 0.1 when not, for one label. Remembers the windows.</summary>
internal sealed class WordClassifier(params string[] words) : IHarmClassifier
{
    public List<string> Shown { get; } = [];

    /// <summary>Instead of 0.9.</summary>
    public float Score { get; init; } = 0.9f;

    public string Name => "words";

    public IReadOnlyList<string> Labels => ["illicit"];

    public int WindowLength { get; init; } = 100;

    public IReadOnlyList<LabelScore> Classify(string text, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    IEnumerable<TextWindow> IHarmClassifier.Windows(string text) => WindowCutter.Cut(text, WindowLength);

    IEnumerable<WindowScores> IHarmClassifier.Score(string text, IEnumerable<TextWindow> windows, CancellationToken cancellationToken) => windows.Select(window =>
    {
        var shown = text.Substring(window.Start, window.Length);
        Shown.Add(shown);
        return new WindowScores(window, [words.All(word => shown.Contains(word, StringComparison.Ordinal)) ? Score : 0.1f]);
    });
}
