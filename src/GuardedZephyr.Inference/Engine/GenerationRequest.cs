using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Inference.Engine;

public sealed record GenerationRequest
{
    /// <summary>Ids of the prompt, as <see cref="Chat.ChatFormat"/> encodes it.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    public SamplingSettings Sampling { get; init; } = SamplingSettings.Greedy;

    /// <summary>Null is as many as fit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The reply ends before the first of these.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];
}
