namespace GuardedZephyr.Inference.Kernels;

/// <summary>One row of <see cref="Int4Activations"/>.</summary>
internal readonly unsafe struct Int4Row(sbyte* bytes, float* scales, int* offsets)
{
    public sbyte* Bytes => bytes;

    public float* Scales => scales;

    public int* Offsets => offsets;
}
