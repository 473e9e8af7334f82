using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>Knows the function calls that a guard let through, so that a second line of defence need not judge them again. Held by identity: it cannot be forged.</summary>
public static class GuardedCalls
{
    private static readonly ConditionalWeakTable<FunctionCallContent, object> _released = [];

    /// <summary>Whether this very call came out of a <see cref="GuardrailsChatClient"/>: its arguments are enforced, and its result is judged when it is sent back.</summary>
    public static bool Contains(FunctionCallContent call) => _released.TryGetValue(call, out _);

    internal static void Add(FunctionCallContent call) => _released.AddOrUpdate(call, true);
}
