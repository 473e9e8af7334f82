using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Service;

internal static class SomeReport
{
    public static GuardReport Of(Outcome outcome, RuleAction action, TurnPart? blockedAt = null, params GuardReportFinding[] findings) => new()
    {
        Turn = "chatcmpl-1",
        Outcome = outcome,
        Action = action,
        Rules = ["harm.hate"],
        BlockedAt = blockedAt,
        Findings = findings,
        Policy = new PolicyIdentity("standard", 3, "abcd"),
        GuardTime = TimeSpan.FromMilliseconds(1.5),
    };

    /// <summary>The update that ends a guarded reply.</summary>
    public static ChatResponseUpdate Last(GuardReport report, string? refusal = null, string? text = null)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, text ?? refusal)
        {
            FinishReason = refusal is null ? ChatFinishReason.Stop : ChatFinishReason.ContentFilter,
            AdditionalProperties = new AdditionalPropertiesDictionary { [GuardReport.Key] = report },
        };
        if (refusal is not null)
        {
            update.AdditionalProperties[GuardrailsChatClient.RefusalKey] = refusal;
        }

        return update;
    }
}
