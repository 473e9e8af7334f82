using GuardedZephyr.Inference.Evaluation;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Modeling.Checking;

/// <summary>Reads a text through a model, token by token, in windows of its context that each begin with the end mark.</summary>
/// <param name="ids">Tokens of the text.</param>
/// <param name="window">Tokens of a window, the end mark among them.</param>
internal sealed class TextReading(IReadOnlyList<int> ids, int endOfText, int window)
{
    private const int LongestWindow = 1024;

    public int Tokens => ids.Count;

    public static TextReading Of(string text, BytePairTokenizer tokenizer, ModelFolder folder) =>
        new(tokenizer.Encode(text), tokenizer.EndOfTextId, Math.Min(folder.ContextLength, LongestWindow));

    /// <param name="each">Is given each token's place, its id, and the log-probabilities of all ids at that place, before it is read.</param>
    public void Run(ModelFolder folder, Action<int, int, float[]> each, CancellationToken cancellationToken)
    {
        using var model = LogitReader.Open(folder, window);
        var previous = endOfText;
        for (var place = 0; place < ids.Count; place++)
        {
            if (place % (window - 1) == 0)
            {
                model.Restart();
                previous = endOfText;
            }

            each(place, ids[place], LogProbabilities.Of(model.Next(previous, cancellationToken)));
            previous = ids[place];
        }
    }
}
