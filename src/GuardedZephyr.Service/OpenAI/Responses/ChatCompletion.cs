using System.Text.Json.Serialization;

namespace GuardedZephyr.Service.OpenAI;

internal sealed record ChatCompletion
{
    public required string Id { get; init; }

    public string Object { get; } = "chat.completion";

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<Choice> Choices { get; init; }

    public required Usage Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GuardInfo? Guard { get; init; }

    internal sealed record Choice
    {
        public int Index { get; }

        public required Message Message { get; init; }

        public ChoiceLogprobs? Logprobs { get; init; }

        public required string FinishReason { get; init; }
    }

    internal sealed record Message
    {
        public string Role { get; } = "assistant";

        public required string? Content { get; init; }

        public required string? Refusal { get; init; }
    }
}
