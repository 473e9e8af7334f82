using System.Collections.Immutable;

namespace GuardedZephyr.Inference.Sampling;

/// <summary>How the next token is chosen from the logits.</summary>
public sealed record SamplingSettings
{
    /// <summary>Always the most likely token.</summary>
    public static SamplingSettings Greedy { get; } = new();

    /// <summary>0 is greedy; 1 samples from the model's own distribution.</summary>
    public float Temperature { get; init; }

    /// <summary>The smallest set of tokens whose probabilities reach this, from 0 (the likeliest one) to 1 (all).</summary>
    public float TopP { get; init; } = 1;

    /// <summary>The most likely tokens to choose from; 0 is all.</summary>
    public int TopK { get; init; }

    /// <summary>Tokens less likely than this share of the likeliest one's probability are not chosen; from 0 (none) to 1.</summary>
    public float MinP { get; init; }

    /// <summary>Subtracted once from the logit of a token that the reply has already; -2 to 2.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Subtracted from a token's logit for each time the reply has it already; -2 to 2.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Divides positive and multiplies negative logits of tokens in prompt or reply (Keskar et al. 2019); 1 is none.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Added to the logits of these token ids before anything else; -100 to 100.</summary>
    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = ImmutableDictionary<int, float>.Empty;

    /// <summary>The same seed, prompt and settings give the same reply. Null draws one.</summary>
    public long? Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    /// <exception cref="UnknownTokenException">A bias is for an id that the model has not.</exception>
    internal void Validate(int vocabularySize)
    {
        Require(Temperature is >= 0 and <= 10, nameof(Temperature), "from 0 to 10");
        Require(TopP is >= 0 and <= 1, nameof(TopP), "from 0 to 1");
        Require(TopK >= 0, nameof(TopK), "0 or more");
        Require(MinP is >= 0 and <= 1, nameof(MinP), "from 0 to 1");
        Require(PresencePenalty is >= -2 and <= 2, nameof(PresencePenalty), "from -2 to 2");
        Require(FrequencyPenalty is >= -2 and <= 2, nameof(FrequencyPenalty), "from -2 to 2");
        Require(RepetitionPenalty is > 0 and <= 10, nameof(RepetitionPenalty), "over 0 and at most 10");
        Require(LogitBias.Values.All(bias => bias is >= -100 and <= 100), nameof(LogitBias), "from -100 to 100");
        foreach (var id in LogitBias.Keys.Where(id => id < 0 || id >= vocabularySize))
        {
            throw new UnknownTokenException(id, vocabularySize);
        }
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} must be {range}.");
        }
    }
}
