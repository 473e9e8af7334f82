using GuardedZephyr.Guardrails;

namespace Microsoft.Extensions.AI;

public static class ModelTelemetryChatClientBuilderExtensions
{
    /// <summary>
    /// Traces and measures the model as <c>UseOpenTelemetry</c> does, without any text whatever the environment says. To be called after <c>UseGuardrails</c>, so
    /// that it is between the guard and the model.
    /// </summary>
    public static ChatClientBuilder UseModelTelemetry(this ChatClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(model => new ModelTelemetryChatClient(model));
    }
}
