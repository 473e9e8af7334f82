namespace GuardedZephyr.Inference.Engine;

public enum EngineState
{
    ReadingWeights,
    WarmingUp,
    Ready,

    /// <summary>A step failed; the session is being opened again and requests wait.</summary>
    Rebuilding,

    /// <summary>The session could not be opened again; the next request tries once more.</summary>
    Failed,

    Stopped,
}
