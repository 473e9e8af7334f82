using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

internal static class FinishReasons
{
    /// <summary>Official clients throw on any other word, so none gets through.</summary>
    public static string Of(ChatFinishReason? reason) =>
        reason == ChatFinishReason.Length ? "length"
        : reason == ChatFinishReason.ContentFilter ? "content_filter"
        : "stop";
}
