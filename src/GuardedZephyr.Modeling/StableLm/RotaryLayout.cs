namespace GuardedZephyr.Modeling.StableLm;

/// <summary>
/// Where a head's dimensions lie in the exported graph. GroupQueryAttention takes a cos/sin cache only if its width is a multiple
/// of 8; where half of the rotated width is not, the two halves are moved apart to the next multiple and the columns between rotate by
/// nothing (cos 1, sin 0). Queries and keys are permuted alike, so their products do not change.
/// </summary>
public sealed class RotaryLayout
{
    private readonly int _half;

    public RotaryLayout(int headSize, int rotaryWidth)
    {
        _half = rotaryWidth / 2;
        CacheWidth = (_half + 7) / 8 * 8;
        if (2 * CacheWidth > headSize)
        {
            throw new ArgumentException($"A head of {headSize} has no room to rotate {rotaryWidth} of its dimensions in columns of 8.", nameof(rotaryWidth));
        }

        var rest = Enumerable.Range(rotaryWidth, headSize - rotaryWidth).GetEnumerator();
        var sources = new int[headSize];
        for (var i = 0; i < headSize; i++)
        {
            sources[i] = i < _half ? i
                : i >= CacheWidth && i < CacheWidth + _half ? i - CacheWidth + _half
                : rest.MoveNext() ? rest.Current
                : throw new InvalidOperationException("A head's permutation does not come out even.");
        }

        Sources = sources;
    }

    /// <summary>Columns of the cos and sin caches.</summary>
    public int CacheWidth { get; }

    /// <summary>For each dimension of an exported head, the checkpoint's dimension that it holds.</summary>
    public IReadOnlyList<int> Sources { get; }

    /// <summary>cos and sin of position · theta^(-2i/width), row by row (Su et al. 2021).</summary>
    public (float[] Cos, float[] Sin) Caches(int positions, double theta)
    {
        var (cos, sin) = (new float[positions * CacheWidth], new float[positions * CacheWidth]);
        Array.Fill(cos, 1);
        for (var position = 0; position < positions; position++)
        {
            for (var i = 0; i < _half; i++)
            {
                var angle = position * Math.Pow(theta, -(double)i / _half);
                cos[(position * CacheWidth) + i] = (float)Math.Cos(angle);
                sin[(position * CacheWidth) + i] = (float)Math.Sin(angle);
            }
        }

        return (cos, sin);
    }
}
