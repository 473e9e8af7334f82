namespace GuardedZephyr.DirectML;

/// <summary>What the model is to run on.</summary>
public enum ModelDevice
{
    /// <summary>What the folder was exported for, if it is here; the log says what was chosen and why.</summary>
    Auto,

    /// <summary>This project's engine on the CPU.</summary>
    Cpu,

    /// <summary>onnxruntime-genai on a graphics device of Windows.</summary>
    DirectML,

    /// <summary>onnxruntime-genai on a graphics device of NVIDIA.</summary>
    Cuda,
}
