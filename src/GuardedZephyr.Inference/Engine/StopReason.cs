namespace GuardedZephyr.Inference.Engine;

public enum StopReason
{
    /// <summary>The model ended its reply, or a stop string came up.</summary>
    Stop,

    /// <summary>The limit of tokens was reached.</summary>
    Length,
}
