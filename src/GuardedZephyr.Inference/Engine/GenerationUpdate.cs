namespace GuardedZephyr.Inference.Engine;

/// <summary>A piece of the reply; whole characters only.</summary>
/// <param name="Result">Set on the last update.</param>
public readonly record struct GenerationUpdate(string Text, GenerationResult? Result)
{
    /// <summary>Tokens written so far, without the prompt's.</summary>
    public int Written { get; init; }

    /// <summary>The tokens of which text up to here is made and that no earlier update had; empty unless asked for.</summary>
    public IReadOnlyList<TokenLogprob> Logprobs { get; init; } = [];
}
