using Microsoft.Extensions.AI;

namespace GuardedZephyr.Inference.Chat;

/// <summary>The part of a reply that is written already and that a request asks to continue.</summary>
/// <param name="Text">Without the spaces at its end: they belong to the token that follows, as the model learnt to write.</param>
/// <param name="Spaces">How many there were; as many are taken off the continuation.</param>
internal sealed record ReplyBeginning(string Text, int Spaces)
{
    public static ReplyBeginning None { get; } = new("", 0);

    /// <exception cref="ArgumentException">There is no message of the assistant to continue.</exception>
    public static ReplyBeginning Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.ContinueFinalMessage) is not true)
        {
            return None;
        }

        if (messages.Count == 0 || messages[^1].Role != ChatRole.Assistant)
        {
            throw new ArgumentException("There is nothing to continue: the last message is not one of the assistant.", nameof(messages));
        }

        var text = messages[^1].Text;
        var start = text.TrimEnd(' ');
        return new ReplyBeginning(start, text.Length - start.Length);
    }
}
