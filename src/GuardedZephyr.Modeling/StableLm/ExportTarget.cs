namespace GuardedZephyr.Modeling.StableLm;

/// <summary>What the exported graph is to run on.</summary>
public enum ExportTarget
{
    /// <summary>float32 inputs, outputs and cache; what this project's engine runs.</summary>
    Cpu,

    /// <summary>float16; queries, keys and values apart, rotary positions by an operator of their own that takes position_ids.</summary>
    DirectMl,

    /// <summary>float16, otherwise as for the CPU.</summary>
    Cuda,
}
