namespace GuardedZephyr.DirectML;

/// <summary>What to do when the graphics device is lost and does not come back.</summary>
public enum DeviceLostAction
{
    /// <summary>Go on, slower, with onnxruntime-genai on the CPU.</summary>
    Cpu,

    /// <summary>End the process with an exit code, for its supervisor to start it again.</summary>
    Exit,
}
