using GuardedZephyr.Guardrails;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.AI;

public static class GuardrailsChatClientBuilderExtensions
{
    /// <summary>Puts the guard around what is built so far. Stages added before this call stay outside the guard and see enforced text only.</summary>
    /// <param name="pipeline">Judges, and stays as it is; when null, the policies that <c>AddGuardrails</c> registered.</param>
    public static ChatClientBuilder UseGuardrails(this ChatClientBuilder builder, GuardPipeline? pipeline = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => pipeline is null ? new GuardrailsChatClient(inner, services.GetRequiredService<GuardPolicies>()) : new GuardrailsChatClient(inner, pipeline));
    }
}
