using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// A reply that goes on from what was released of it, because what followed was thrown away. Only a client that has a service of type
/// <see cref="IChatClient"/> under <see cref="ContinueKey"/> is asked to; its stages in between see a request like any other.
/// </summary>
/// <param name="Text">The model's own words, with its placeholders, up to the last that was released.</param>
/// <param name="Discarded">What was written behind them and must not be written again.</param>
/// <param name="Try">From 1 on.</param>
internal sealed record Continuation(string Text, IReadOnlyList<string> Discarded, int Try)
{
    /// <summary>In options: true when the last message is the start of the reply.</summary>
    public const string ContinueKey = "continue_final_message";

    /// <summary>In options: texts that the continuation's first token must not be of.</summary>
    public const string NotBeginningKey = "not_beginning";

    /// <summary>In options: true. In updates: the <see cref="UsageDetails"/> of the reply so far, which a stream that is broken off never gives as content.</summary>
    public const string UsageKey = "usage_so_far";

    /// <summary>What only the guard may ask the client for: a start that somebody else gives is not judged together with what follows.</summary>
    public static IReadOnlyList<string> Keys { get; } = [ContinueKey, NotBeginningKey, UsageKey];

    public static bool IsPossible(IChatClient client) => client.GetService(typeof(IChatClient), ContinueKey) is not null;
}
