using GuardedZephyr.Guardrails;
using GuardedZephyr.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.Extensions.AI;

public static class GuardedChatClientExtensions
{
    /// <summary>
    /// Gives any guarded chat client to a kernel as its chat service. As <c>AsChatCompletionService</c>, but a block shows in the reply's metadata, under
    /// <see cref="GuardReport.Key"/>, and the filters of <c>AddGuardFilters</c> know that it is guarded.
    /// </summary>
    /// <exception cref="ArgumentException">There is no guard around the client.</exception>
    public static IChatCompletionService AsGuardedChatCompletionService(this IChatClient client, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetService<GuardrailsChatClient>() is null
            ? throw new ArgumentException("There is no guard around this chat client; build it with UseGuardrails.", nameof(client))
            : new GuardedChatCompletionService(client, services, settings => settings);
    }
}
