using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace GuardedZephyr.SemanticKernel;

/// <summary>Tells whether a prompt goes to a service that judges it. The service is chosen as the kernel does it, right afterwards.</summary>
internal static class ServiceGuard
{
    /// <returns>False unless there certainly is a guard.</returns>
    public static bool IsGuarded(Kernel kernel, KernelFunction function, KernelArguments arguments)
    {
        IAIServiceSelector selector = kernel.ServiceSelector;
        if (selector.TrySelectAIService<IChatCompletionService>(kernel, function, arguments, out IChatCompletionService? chat, out _))
        {
            return chat is GuardedChatCompletionService;
        }

        if (selector.TrySelectAIService<ITextGenerationService>(kernel, function, arguments, out _, out _))
        {
            return false;
        }

        return selector is IChatClientSelector clients
            && clients.TrySelectChatClient<IChatClient>(kernel, function, arguments, out IChatClient? client, out _)
            && client.GetService<GuardrailsChatClient>() is not null;
    }
}
