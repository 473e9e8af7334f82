namespace GuardedZephyr.Modeling.Safetensors;

/// <param name="Type">F32, F16 or BF16 can be read; others are listed only.</param>
/// <param name="Offset">Of the tensor's bytes in the file.</param>
public sealed record SafetensorsEntry(string Type, IReadOnlyList<long> Shape, long Offset, long Length);
