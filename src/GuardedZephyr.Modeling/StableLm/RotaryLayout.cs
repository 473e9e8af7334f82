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
        if (!Fits(headSize))
        {
            throw new ArgumentException($"GroupQueryAttention rotates heads of a multiple of 16, not of {headSize}.", nameof(headSize));
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

    private RotaryLayout(int half, int width, int[] sources) => (_half, CacheWidth, Sources) = (half, width, sources);

    /// <summary>Columns of the cos and sin caches.</summary>
    public int CacheWidth { get; }

    /// <summary>For each dimension of an exported head, the checkpoint's dimension that it holds.</summary>
    public IReadOnlyList<int> Sources { get; }

    /// <summary>Whether GroupQueryAttention rotates such heads: it wants a multiple of 16, and half of that then has room for any width in columns of 8.</summary>
    public static bool Fits(int headSize) => headSize % 16 == 0;

    /// <summary>Dimensions as the checkpoint has them, for the RotaryEmbedding operator, which takes any width.</summary>
    public static RotaryLayout AsIs(int headSize, int rotaryWidth) => new(rotaryWidth / 2, rotaryWidth / 2, [.. Enumerable.Range(0, headSize)]);

    /// <summary>cos and sin of position · theta^(-2i/width), row by row (Su et al. 2021).</summary>
    public (float[] Cos, float[] Sin) Caches(int positions, double theta)
    {
        var (cos, sin) = (new float[positions * CacheWidth], new float[positions * CacheWidth]);
        Array.Fill(cos, 1);
        var rates = Enumerable.Range(0, _half).Select(i => Math.Pow(theta, -(double)i / _half)).ToArray();
        for (var position = 0; position < positions; position++)
        {
            for (var i = 0; i < _half; i++)
            {
                var angle = position * rates[i];
                cos[(position * CacheWidth) + i] = (float)Math.Cos(angle);
                sin[(position * CacheWidth) + i] = (float)Math.Sin(angle);
            }
        }

        return (cos, sin);
    }
}
