using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Inference.Engine;

public sealed record GenerationRequest
{
    public const int MaxTopLogprobs = 20;

    /// <summary>Ids of the prompt, as <see cref="Chat.ChatFormat"/> encodes it.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>How many of the prompt's last tokens are the start of the reply: penalties count them as written. 0 when the reply is yet to begin.</summary>
    public int ReplyStart { get; init; }

    /// <summary>Ids that the first token written is none of. At least one id must be left.</summary>
    public IReadOnlyCollection<int> NotFirst { get; init; } = [];

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

        if (ReplyStart < 0 || ReplyStart >= Prompt.Count)
        {
            throw new ArgumentException("The start of the reply must be shorter than the prompt that ends with it.");
        }

        if (NotFirst.Any(id => id < 0 || id >= vocabularySize) || NotFirst.Distinct().Count() >= vocabularySize)
        {
            throw new ArgumentException("What the first token may not be must be ids of the vocabulary, and not all of them.");
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
