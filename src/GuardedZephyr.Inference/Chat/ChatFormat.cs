using System.Text.RegularExpressions;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Inference.Chat;

/// <summary>
/// StableLM Zephyr's chat format: each message is <c>&lt;|role|&gt;\n{content}&lt;|endoftext|&gt;\n</c>, and the reply follows
/// <c>&lt;|assistant|&gt;\n</c>. Only the end mark is a control token; the role markers are ordinary text.
/// </summary>
public static partial class ChatFormat
{
    /// <summary>Ids of a conversation, ready for the model to continue with the assistant's reply.</summary>
    public static List<int> Encode(BytePairTokenizer tokenizer, IEnumerable<ChatTurn> conversation)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(conversation);
        var ids = new List<int>();
        var lead = "";
        foreach (var turn in conversation)
        {
            ids.AddRange(tokenizer.Encode($"{lead}{Marker(turn.Role)}\n{BreakMarkers(turn.Content)}"));
            ids.Add(tokenizer.EndOfTextId);
            lead = "\n";
        }

        ids.AddRange(tokenizer.Encode($"{lead}{Marker(TurnRole.Assistant)}\n"));
        return ids;
    }

    /// <summary>Puts a space into every role marker and end mark, so that content cannot pretend to be another message.</summary>
    public static string BreakMarkers(string content) => Markers().Replace(content, "< |$1|>");

    private static string Marker(TurnRole role) => role switch
    {
        TurnRole.System => "<|system|>",
        TurnRole.User => "<|user|>",
        TurnRole.Assistant => "<|assistant|>",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    [GeneratedRegex(@"<\|(system|user|assistant|endoftext)\|>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Markers();
}
