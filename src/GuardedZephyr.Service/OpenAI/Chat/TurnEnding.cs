using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>What the guard says at the end of a turn, as a client of the endpoint is to see it.</summary>
/// <param name="Refusal">What the policy says in place of the text that did not pass.</param>
internal sealed record TurnEnding(GuardReport Report, string? Refusal)
{
    private const int RetryAfter = 5;

    /// <summary>A person's written answer must reach the reader in every chat interface: it is content, not a refusal.</summary>
    public bool IsWrittenAnswer => Report is { BlockedAt: not null, Action: RuleAction.Respond };

    public GuardInfo Guard => GuardInfo.From(Report);

    private bool PromptStopped => Report.BlockedAt == TurnPart.Request && !IsWrittenAnswer;

    /// <summary>The ending of a whole response. One that was put together from updates has it in its message when they had a message id.</summary>
    public static TurnEnding Of(ChatResponse response) =>
        Find(response.AdditionalProperties) ?? response.Messages.Select(message => Find(message.AdditionalProperties)).LastOrDefault(ending => ending is not null) ?? throw NoReport();

    /// <summary>A reply that says nothing of the guard did not come through it.</summary>
    public static InvalidOperationException NoReport() => new("A reply carries no report of the guard: the chat client behind the endpoint is not a guarded one.");

    /// <summary>The ending in the last update of a stream; null when it is not there.</summary>
    public static TurnEnding? Find(AdditionalPropertiesDictionary? properties) =>
        properties?.GetValueOrDefault(GuardReport.Key) is GuardReport report ? new TurnEnding(report, properties.GetValueOrDefault(GuardrailsChatClient.RefusalKey) as string) : null;

    /// <summary>Throws the error that answers a prompt which did not pass, unless it is to be answered by a refusal.</summary>
    public void ThrowIfPromptStopped(BlockedPrompt form)
    {
        if (!PromptStopped)
        {
            return;
        }

        if (Report.Outcome == Outcome.Unjudged)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "guard_unavailable", "The guard could not judge the prompt, so it did not reach the model.")
            {
                RetryAfter = RetryAfter,
                Guard = Guard,
            };
        }

        if (form == BlockedPrompt.Error)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, "content_filter", Refusal ?? "The prompt was blocked by the policy.", "prompt")
            {
                InnerError = new InnerError { ContentFilterResult = ContentFilterResult.From(Guard.Findings.Where(finding => finding.Direction != Names.Of(Direction.Output))) },
                Guard = Guard,
            };
        }
    }

    /// <summary>Takes the refusal off the end of a whole reply's text.</summary>
    public (string? Content, string? Refusal) Split(string text)
    {
        if (Refusal is null || IsWrittenAnswer)
        {
            return (text, null);
        }

        var released = text.EndsWith(Refusal, StringComparison.Ordinal) ? text[..^Refusal.Length].TrimEnd('\n') : text;
        return (released.Length > 0 ? released : null, Refusal);
    }
}
