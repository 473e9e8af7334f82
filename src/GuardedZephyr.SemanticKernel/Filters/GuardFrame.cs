using GuardedZephyr.Guardrails;

namespace GuardedZephyr.SemanticKernel;

/// <summary>What the filters of one function invocation tell each other.</summary>
internal sealed class GuardFrame
{
    private static readonly AsyncLocal<GuardFrame?> _current = new();

    /// <summary>The invocation that runs now; null outside of all.</summary>
    public static GuardFrame? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }

    /// <summary>A prompt is rendered: what functions give now goes into it.</summary>
    public bool IsRendering { get; set; }

    /// <summary>
    /// The turn of a prompt that goes to a service without a guard of its own; null when there is none or the service has one. Disposed when the invocation ends.
    /// </summary>
    public TurnGuard? Turn { get; set; }
}
