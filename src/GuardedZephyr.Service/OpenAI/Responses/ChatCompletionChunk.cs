using System.Text.Json.Serialization;

namespace GuardedZephyr.Service.OpenAI;

internal sealed record ChatCompletionChunk
{
    public required string Id { get; init; }

    public string Object { get; } = "chat.completion.chunk";

    /// <summary>Unix seconds, the same in every chunk of a reply.</summary>
    public required long Created { get; init; }

    public required string Model { get; init; }

    public IReadOnlyList<ChunkChoice> Choices { get; init; } = [];

    public Usage? Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GuardInfo? Guard { get; init; }

    internal sealed record ChunkChoice
    {
        public int Index { get; }

        public required Delta Delta { get; init; }

        /// <summary>Never in a stream; clients expect the name.</summary>
        public object? Logprobs { get; }

        /// <summary>Null until the reply ends.</summary>
        public string? FinishReason { get; init; }
    }

    internal sealed record Delta
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Role { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Content { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Refusal { get; init; }
    }
}
