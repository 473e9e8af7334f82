namespace GuardedZephyr.Inference.Sampling;

/// <summary>How the next token is chosen from the logits.</summary>
public sealed record SamplingSettings
{
    /// <summary>Always the most likely token.</summary>
    public static SamplingSettings Greedy { get; } = new();

    /// <summary>0 is greedy; 1 samples from the model's own distribution.</summary>
    public float Temperature { get; init; }

    /// <summary>The smallest set of tokens whose probabilities reach this, from 0 (exclusive) to 1 (all).</summary>
    public float TopP { get; init; } = 1;

    /// <summary>The most likely tokens to choose from; 0 is all.</summary>
    public int TopK { get; init; }

    /// <summary>Subtracted once from the logit of a token that the reply has already; -2 to 2.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Subtracted from a token's logit for each time the reply has it already; -2 to 2.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Divides positive and multiplies negative logits of tokens in prompt or reply (Keskar et al. 2019); 1 is none.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>The same seed, prompt and settings give the same reply. Null draws one.</summary>
    public long? Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    internal void Validate()
    {
        Require(Temperature is >= 0 and <= 10, nameof(Temperature), "from 0 to 10");
        Require(TopP is > 0 and <= 1, nameof(TopP), "over 0 and at most 1");
        Require(TopK >= 0, nameof(TopK), "0 or more");
        Require(PresencePenalty is >= -2 and <= 2, nameof(PresencePenalty), "from -2 to 2");
        Require(FrequencyPenalty is >= -2 and <= 2, nameof(FrequencyPenalty), "from -2 to 2");
        Require(RepetitionPenalty is > 0 and <= 10, nameof(RepetitionPenalty), "over 0 and at most 10");
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} must be {range}.");
        }
    }
}
