namespace GuardedZephyr.Guardrails;

/// <summary>How a <see cref="GuardrailsChatClient"/> answers.</summary>
public sealed record GuardrailsChatClientOptions
{
    /// <summary>
    /// A turn that is blocked throws <see cref="GuardBlockedException"/>; a stream does so where the refusal would stand, behind what it has released. Without it
    /// a block is an assistant message with the policy's refusal and the finish reason <c>content_filter</c>.
    /// </summary>
    public bool ThrowOnBlock { get; set; }

    public GateOptions Gate { get; set; } = new();
}
