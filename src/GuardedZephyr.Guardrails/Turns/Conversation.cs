using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// What each text of a chat is judged with: a message of the user or the system with the user's messages before it, one of the assistant with the last
/// one, its question, a tool's result with nothing. Not thread-safe.
/// </summary>
public sealed class Conversation
{
    /// <summary>How many earlier messages a text is judged with: more than a classifier's window holds, unless they are very short.</summary>
    private const int MostBefore = 16;

    private readonly List<GuardText> _asked = [];

    /// <summary>The user's last message, or nothing: what a reply is judged with.</summary>
    public IReadOnlyList<GuardText> Question => [.. _asked.TakeLast(1)];

    /// <summary>The next message of the chat, with what came before it.</summary>
    public GuardText Next(ChatRole role, string text)
    {
        IReadOnlyList<GuardText> before = role == ChatRole.Assistant ? Question
            : role == ChatRole.Tool ? []
            : [.. _asked.TakeLast(MostBefore)];

        GuardText next = GuardText.From(text, before);
        if (role == ChatRole.User)
        {
            _asked.Add(next);
        }

        return next;
    }
}
