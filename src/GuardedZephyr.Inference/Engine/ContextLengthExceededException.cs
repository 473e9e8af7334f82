namespace GuardedZephyr.Inference.Engine;

/// <summary>The prompt leaves no room for a reply.</summary>
public sealed class ContextLengthExceededException(int promptTokens, int contextLength)
    : Exception($"The prompt has {promptTokens} tokens and the context holds {contextLength} with the reply; shorten the conversation.")
{
    public int PromptTokens { get; } = promptTokens;

    public int ContextLength { get; } = contextLength;
}
