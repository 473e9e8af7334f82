using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GuardedZephyr.Modeling.Quantization;

/// <summary>
/// Symmetric quantisation in blocks along a row, as ONNX Runtime's MatMulNBits reads it: value = (code - 2^(bits-1)) · scale. The
/// value of largest magnitude becomes the lowest code, so that all codes are used.
/// </summary>
internal sealed class BlockQuantizer
{
    /// <summary>Block sizes are multiples of this.</summary>
    public const int Unit = 32;
    private const int SearchSteps = 9;

    private readonly int _bits;
    private readonly float _middle;
    private readonly bool _searchScales;
    private readonly bool _halfScales;

    /// <param name="bits">4 or 8.</param>
    /// <param name="searchScales">Take the scale of least squared error out of 19 near the obvious one.</param>
    /// <param name="halfScales">Scales are rounded to what a float16 holds, and the codes are those for the rounded scale.</param>
    public BlockQuantizer(int bits, int blockSize, bool searchScales, bool halfScales)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bits is 4 or 8, true);
        ArgumentOutOfRangeException.ThrowIfNotEqual(blockSize > 0 && blockSize % Unit == 0, true);
        (_bits, BlockSize, _middle, _searchScales, _halfScales) = (bits, blockSize, 1 << (bits - 1), searchScales, halfScales);
    }

    public int BlockSize { get; }

    public int BytesPerBlock => BlockSize * _bits / 8;

    /// <param name="row">A whole number of blocks.</param>
    /// <param name="codes">Low nibble first where there are two in a byte.</param>
    /// <returns>Whether all scales are finite numbers of their type; if not, the row cannot be stored.</returns>
    public bool TryQuantize(ReadOnlySpan<float> row, Span<byte> codes, Span<float> scales)
    {
        var finite = true;
        for (var block = 0; block < scales.Length; block++)
        {
            var values = row.Slice(block * BlockSize, BlockSize);
            var scale = Scale(values);
            finite &= float.IsFinite(scale);
            scales[block] = scale;
            Encode(values, scale, codes.Slice(block * BytesPerBlock, BytesPerBlock));
        }

        return finite;
    }

    private float Scale(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector512<float>>(values);
        var (high, low) = (vectors[0], vectors[0]);
        foreach (var vector in vectors[1..])
        {
            (high, low) = (Vector512.Max(high, vector), Vector512.Min(low, vector));
        }

        var (highest, lowest) = (Largest(high), -Largest(-low));
        var scale = (highest > -lowest ? highest : lowest) / -_middle;
        if (_searchScales && scale != 0 && float.IsFinite(scale))
        {
            scale = Search(vectors, scale);
        }

        return _halfScales ? (float)(Half)scale : scale;
    }

    /// <summary>For codes of several scales near the given one, the scale that suits them best by least squares; the best of these.</summary>
    private float Search(ReadOnlySpan<Vector512<float>> values, float start)
    {
        var (best, bestGain) = (start, 0f);
        for (var step = -SearchSteps; step <= SearchSteps; step++)
        {
            var inverse = Vector512.Create((1 + (0.0125f * step)) / start);
            var (products, squares) = (Vector512<float>.Zero, Vector512<float>.Zero);
            foreach (var value in values)
            {
                var code = Vector512.Floor(Bounded(value, inverse)) - Vector512.Create(_middle);
                products += code * value;
                squares += code * code;
            }

            var (product, square) = (Vector512.Sum(products), Vector512.Sum(squares));
            if (square > 0 && product * product > bestGain * square)
            {
                (best, bestGain) = (product / square, product * product / square);
            }
        }

        return best;
    }

    private void Encode(ReadOnlySpan<float> values, float scale, Span<byte> codes)
    {
        var inverse = Vector512.Create(scale == 0 ? 0 : 1 / scale);
        var vectors = MemoryMarshal.Cast<float, Vector512<float>>(values);
        for (var i = 0; i < vectors.Length; i += 2)
        {
            var first = Vector512.ConvertToInt32(Bounded(vectors[i], inverse)).AsUInt32();
            var second = Vector512.ConvertToInt32(Bounded(vectors[i + 1], inverse)).AsUInt32();
            var narrow = Vector512.Narrow(first, second);
            if (_bits == 8)
            {
                Vector256.Narrow(narrow.GetLower(), narrow.GetUpper()).CopyTo(codes[(i * Vector512<float>.Count)..]);
            }
            else
            {
                var pairs = narrow.AsUInt32();
                var bytes = (pairs | (pairs >>> 12)) & Vector512.Create(0xFFu);
                var words = Vector256.Narrow(bytes.GetLower(), bytes.GetUpper());
                Vector128.Narrow(words.GetLower(), words.GetUpper()).CopyTo(codes[(i * Vector512<float>.Count / 2)..]);
            }
        }
    }

    /// <summary>A code and a fraction to be cut off, which rounds it to nearest.</summary>
    private Vector512<float> Bounded(Vector512<float> values, Vector512<float> inverse) =>
        Vector512.Min(Vector512.Max((values * inverse) + Vector512.Create(_middle + 0.5f), Vector512<float>.Zero), Vector512.Create((2 * _middle) - 0.5f));

    private static float Largest(Vector512<float> vector)
    {
        var half = Vector256.Max(vector.GetLower(), vector.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        return MathF.Max(MathF.Max(quarter[0], quarter[1]), MathF.Max(quarter[2], quarter[3]));
    }
}
