using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// Puts the guard's report and the finish reason on the reply's message: of a whole reply a kernel hands the message's properties on as metadata, and not the
/// response's.
/// </summary>
internal sealed class ReportingChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    /// <summary>The key that Semantic Kernel's own connectors use.</summary>
    public const string FinishReasonKey = "FinishReason";

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
        if (response.Messages.LastOrDefault() is { } message)
        {
            message.AdditionalProperties ??= [];
            message.AdditionalProperties[FinishReasonKey] = response.FinishReason?.Value;
            foreach (string key in (string[])[GuardReport.Key, GuardrailsChatClient.RefusalKey])
            {
                if (response.AdditionalProperties?.GetValueOrDefault(key) is { } value)
                {
                    message.AdditionalProperties[key] = value;
                }
            }
        }

        return response;
    }
}
