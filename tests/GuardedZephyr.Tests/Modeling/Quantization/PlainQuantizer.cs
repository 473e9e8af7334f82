namespace GuardedZephyr.Tests.Modeling.Quantization;

/// <summary>Block quantisation by its definition, one value after the other, and back: the extreme of a block, the negative one of two, gets the lowest code.</summary>
internal static class PlainQuantizer
{
    public static float[] Stored(float[] values, int columns, int bits, int blockSize, bool halfScales = false)
    {
        var stored = new float[values.Length];
        for (var row = 0; row < values.Length; row += columns)
        {
            for (var start = 0; start < columns; start += blockSize)
            {
                var block = values.AsSpan(row + start, Math.Min(blockSize, columns - start));
                Store(block, stored.AsSpan(row + start, block.Length), 1 << (bits - 1), halfScales);
            }
        }

        return stored;
    }

    private static void Store(ReadOnlySpan<float> block, Span<float> stored, int middle, bool halfScales)
    {
        var (highest, lowest) = (block[0], block[0]);
        foreach (var value in block)
        {
            (highest, lowest) = (Math.Max(highest, value), Math.Min(lowest, value));
        }

        var extreme = highest > -lowest ? highest : lowest;
        var scale = extreme / -middle;
        scale = halfScales ? (float)(Half)scale : scale;
        for (var i = 0; i < block.Length; i++)
        {
            var code = scale == 0 ? middle : Math.Clamp((int)MathF.Floor((block[i] * (1 / scale)) + middle + 0.5f), 0, (2 * middle) - 1);
            stored[i] = (code - middle) * scale;
        }
    }
}
