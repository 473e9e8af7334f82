using GuardedZephyr.Guardrails;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.AI;

public static class GuardrailsChatClientBuilderExtensions
{
    /// <summary>
    /// Puts the guard around what is built after this call. Stages added before it stay outside the guard and see enforced text only: add one that runs functions
    /// there, so that their arguments and results pass the guard.
    /// </summary>
    /// <param name="pipeline">Judges, and stays as it is; when null, the policies that <c>AddGuardrails</c> registered.</param>
    /// <param name="serviceId">Which ones, where <c>AddGuardrails</c> registered several.</param>
    public static ChatClientBuilder UseGuardrails(
        this ChatClientBuilder builder, GuardPipeline? pipeline = null, string? serviceId = null, Action<GuardrailsChatClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new GuardrailsChatClientOptions();
        configure?.Invoke(options);
        return builder.Use((inner, services) => pipeline is null
            ? new GuardrailsChatClient(inner, services.GetRequiredKeyedService<GuardPolicies>(serviceId), options: options)
            : new GuardrailsChatClient(inner, pipeline, options));
    }
}
