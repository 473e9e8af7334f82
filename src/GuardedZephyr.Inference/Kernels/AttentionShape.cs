namespace GuardedZephyr.Inference.Kernels;

/// <summary>Sizes of one run of attention.</summary>
/// <param name="Tokens">New ones of each sequence.</param>
/// <param name="Heads">Of queries.</param>
/// <param name="Groups">Heads of keys and values.</param>
/// <param name="Capacity">Tokens that the cache of a sequence can hold; a multiple of <see cref="Lanes"/>.</param>
/// <param name="RotaryHalf">Pairs of dimensions that are rotated.</param>
/// <param name="Positions">Rows of the cosines and sines.</param>
internal readonly record struct AttentionShape(int Batch, int Tokens, int Heads, int Groups, int HeadSize, int Capacity, int RotaryHalf, int Positions)
{
    /// <summary>Numbers of a vector, and tokens of a block of keys.</summary>
    public const int Lanes = 16;

    public static bool Fits(int headSize) => headSize % Lanes == 0 && headSize is > 0 and <= 512;
}
