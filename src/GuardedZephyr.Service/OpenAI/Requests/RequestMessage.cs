using System.Text.Json;

namespace GuardedZephyr.Service.OpenAI;

internal sealed record RequestMessage
{
    public string? Role { get; init; }

    public MessageContent? Content { get; init; }

    /// <summary>What an assistant message holds when the turn was refused.</summary>
    public string? Refusal { get; init; }

    public JsonElement ToolCalls { get; init; }
}
