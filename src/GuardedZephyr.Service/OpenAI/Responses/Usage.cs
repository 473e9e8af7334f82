using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

internal sealed record Usage(long PromptTokens, long CompletionTokens, long TotalTokens, Usage.PromptDetails PromptTokensDetails)
{
    /// <summary>A turn that the model did not see costs nothing.</summary>
    public static Usage From(UsageDetails? details)
    {
        var prompt = details?.InputTokenCount ?? 0;
        var completion = details?.OutputTokenCount ?? 0;
        return new Usage(prompt, completion, details?.TotalTokenCount ?? prompt + completion, new PromptDetails(details?.CachedInputTokenCount ?? 0));
    }

    internal sealed record PromptDetails(long CachedTokens);
}
