using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Inference.Engine;

public sealed record GenerationRequest
{
    public const int MaxTopLogprobs = 20;

    /// <summary>Ids of the prompt, as <see cref="Chat.ChatFormat"/> encodes it.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    public SamplingSettings Sampling { get; init; } = SamplingSettings.Greedy;

    /// <summary>Null is as many as fit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The reply ends before the first of these.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    /// <summary>Logprobs of the reply's tokens, each with this many of the likeliest tokens in its place, from 0 to 20. Null is none at all.</summary>
    public int? TopLogprobs { get; init; }

    /// <exception cref="ArgumentException">The request is not valid.</exception>
    internal void Validate(int vocabularySize)
    {
        Sampling.Validate(vocabularySize);
        if (Prompt.Count == 0 || Prompt.Any(id => id < 0 || id >= vocabularySize))
        {
            throw new ArgumentException("The prompt must have at least one token, and ids of the vocabulary only.");
        }

        if (MaxTokens is < 1)
        {
            throw new ArgumentException("The maximum of tokens must be at least 1.");
        }

        if (StopStrings.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("A stop string is empty.");
        }

        if (TopLogprobs is < 0 or > MaxTopLogprobs)
        {
            throw new ArgumentException($"The likeliest tokens asked for must be from 0 to {MaxTopLogprobs}.");
        }
    }
}
