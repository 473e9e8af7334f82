using System.Text.Json.Serialization;

namespace GuardedZephyr.Service.OpenAI;

internal sealed record ErrorBody
{
    public required Detail Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GuardInfo? Guard { get; init; }

    internal sealed record Detail
    {
        public required string Message { get; init; }

        public required string Type { get; init; }

        public required string? Param { get; init; }

        public required string Code { get; init; }

        [JsonPropertyName("innererror")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public InnerError? InnerError { get; init; }
    }
}
