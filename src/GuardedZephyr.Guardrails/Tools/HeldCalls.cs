using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Keeps a tool call, and what follows it, back until the reply's end: whoever runs the functions would also run a call whose reply is blocked behind it.
/// A call whose result comes in the same reply was carried out inside the guard, so it goes on with the result.
/// </summary>
internal sealed class HeldCalls
{
    private readonly List<ChatResponseUpdate> _held = [];

    /// <returns>What may go on now.</returns>
    public IReadOnlyList<ChatResponseUpdate> Pass(IReadOnlyList<ChatResponseUpdate> updates)
    {
        var ready = new List<ChatResponseUpdate>();
        foreach (ChatResponseUpdate update in updates)
        {
            if (update.Contents is [FunctionResultContent])
            {
                ready.AddRange(Release(isBlocked: false));
                ready.Add(update);
            }
            else if (_held.Count > 0 || update.Contents is [FunctionCallContent])
            {
                _held.Add(update);
            }
            else
            {
                ready.Add(update);
            }
        }

        return ready;
    }

    /// <returns>What was held; of a blocked reply only what it cost.</returns>
    public IReadOnlyList<ChatResponseUpdate> Release(bool isBlocked)
    {
        ChatResponseUpdate[] released = [.. _held.Where(update => !isBlocked || update.Contents is [UsageContent])];
        _held.Clear();
        foreach (FunctionCallContent call in released.SelectMany(update => update.Contents).OfType<FunctionCallContent>())
        {
            GuardedCalls.Add(call);
        }

        return released;
    }
}
