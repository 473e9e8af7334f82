using System.Text.Json;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>The body of <c>POST /v1/chat/completions</c>. What is not here is ignored.</summary>
internal sealed record ChatCompletionRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<RequestMessage?>? Messages { get; init; }

    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public int? MaxTokens { get; init; }

    public StopSequences? Stop { get; init; }

    public long? Seed { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    /// <summary>Not in OpenAI's interface, but in that of most local servers.</summary>
    public int? TopK { get; init; }

    /// <summary>Like <see cref="TopK"/> an addition of local servers.</summary>
    public float? MinP { get; init; }

    /// <summary>Like <see cref="TopK"/> an addition of local servers.</summary>
    public float? RepetitionPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public int? N { get; init; }

    public bool? Logprobs { get; init; }

    public int? TopLogprobs { get; init; }

    public JsonElement LogitBias { get; init; }

    public JsonElement ResponseFormat { get; init; }

    public JsonElement Tools { get; init; }

    public JsonElement Functions { get; init; }

    public JsonElement Modalities { get; init; }

    /// <summary>Name of a policy that judges too. Not in OpenAI's interface.</summary>
    public JsonElement Moderation { get; init; }
}
