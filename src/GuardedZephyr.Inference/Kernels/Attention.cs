using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// softmax(q · kᵀ / √d) · v over a cache of 16-bit floats, causal, with rotary positions (Su et al. 2021) in the first dimensions of each head. Values lie token by token; keys in blocks of sixteen
/// tokens, within which the tokens of a dimension lie side by side. Sums run in an order that only the position of the query decides: a token's result is the same to the last bit whether it is
/// computed alone or with others.
/// </summary>
internal readonly unsafe struct Attention(AttentionShape shape, void* states, void* keys, void* values, void* cos, void* sin, void* output)
{
    private const int Lanes = AttentionShape.Lanes;
    private const int Tile = 4;
    private const int Stretch = 32;

    /// <param name="length">Tokens of the sequence, new ones included.</param>
    public nuint ScratchBytes(int length) => (nuint)sizeof(float) * (nuint)((2 * Tile * shape.HeadSize) + (Tile * Blocks(length) * Lanes));

    /// <summary>Puts the new keys and values of one head into the cache, then answers the queries of its group.</summary>
    /// <param name="last">Position of the sequence's last token.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int sequence, int group, int last, byte* scratch)
    {
        var past = last + 1 - shape.Tokens;
        nint size = shape.HeadSize;
        var cache = (nint)((sequence * shape.Groups) + group) * shape.Capacity * size;
        var cachedKeys = (short*)keys + cache;
        var cachedValues = (short*)values + cache;
        var state = (float*)scratch;
        var narrow = (short*)(state + size);
        for (var token = 0; token < shape.Tokens; token++)
        {
            var position = past + token;
            Rotate(State(sequence, token, shape.Heads + group), position, 1, state);
            Narrow(state, narrow);
            var key = cachedKeys + (position / Lanes * Lanes * size) + (position % Lanes);
            for (nint i = 0; i < size; i++)
            {
                key[i * Lanes] = narrow[i];
            }

            Narrow(State(sequence, token, shape.Heads + shape.Groups + group), cachedValues + (position * size));
        }

        var perGroup = shape.Heads / shape.Groups;
        for (var head = group * perGroup; head < (group + 1) * perGroup; head++)
        {
            for (var token = 0; token < shape.Tokens; token += Tile)
            {
                Answer(sequence, head, token, Math.Min(Tile, shape.Tokens - token), past, cachedKeys, cachedValues, state);
            }
        }
    }

    /// <summary>Up to four neighbouring queries of one head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Answer(int sequence, int head, int first, int count, int past, short* cachedKeys, short* cachedValues, float* queries)
    {
        nint size = shape.HeadSize;
        nint blocks = Blocks(past + first + count);
        var stride = blocks * Lanes;
        var sums = queries + (Tile * size);
        var scores = queries + (2 * Tile * size);
        for (var i = 0; i < count; i++)
        {
            Rotate(State(sequence, first + i, head), past + first + i, 1 / MathF.Sqrt(size), queries + (i * size));
        }

        if (count == Tile)
        {
            Scores<Four>(queries, cachedKeys, blocks, scores);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                Scores<One>(queries + (i * size), cachedKeys, blocks, scores + (i * stride));
            }
        }

        var totals = stackalloc float[Tile];
        for (var i = 0; i < count; i++)
        {
            totals[i] = Exponentials(new Span<float>(scores + (i * stride), past + first + i + 1));
        }

        // What all four may look at is read once for them; the others of them look at up to three tokens more.
        var common = count == Tile ? past + first + 1 : 0;
        new Span<float>(sums, Tile * (int)size).Clear();
        Mix<Four>(scores, stride, cachedValues, 0, common, sums);
        for (var i = 0; i < count; i++)
        {
            var sum = sums + (i * size);
            Mix<One>(scores + (i * stride), stride, cachedValues, common, past + first + i + 1, sum);
            var to = (float*)output + ((((((nint)sequence * shape.Tokens) + first + i) * shape.Heads) + head) * size);
            TensorPrimitives.Multiply(new ReadOnlySpan<float>(sum, (int)size), 1 / totals[i], new Span<float>(to, (int)size));
        }
    }

    /// <summary>Products of the queries with the keys of whole blocks; those of tokens behind a query are of no use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scores<TRows>(float* queries, short* cachedKeys, nint blocks, float* scores) where TRows : struct, IRowCount
    {
        nint size = shape.HeadSize;
        var stride = blocks * Lanes;
        for (nint block = 0; block < blocks; block++)
        {
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (nint i = 0; i < size; i++, cachedKeys += Lanes)
            {
                var part = HalfVector.Load(cachedKeys);
                sum0 = Vector512.FusedMultiplyAdd(part, Vector512.Create(queries[i]), sum0);
                if (TRows.Count == Tile)
                {
                    sum1 = Vector512.FusedMultiplyAdd(part, Vector512.Create(queries[size + i]), sum1);
                    sum2 = Vector512.FusedMultiplyAdd(part, Vector512.Create(queries[(2 * size) + i]), sum2);
                    sum3 = Vector512.FusedMultiplyAdd(part, Vector512.Create(queries[(3 * size) + i]), sum3);
                }
            }

            var to = scores + (block * Lanes);
            sum0.Store(to);
            if (TRows.Count == Tile)
            {
                sum1.Store(to + stride);
                sum2.Store(to + (2 * stride));
                sum3.Store(to + (3 * stride));
            }
        }
    }

    /// <summary>Adds the values, weighted, token by token; stretches of tokens are gone through once for each part of a head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix<TRows>(float* weights, nint stride, short* cachedValues, int from, int to, float* sums) where TRows : struct, IRowCount
    {
        nint size = shape.HeadSize;
        for (nint start = from; start < to; start += Stretch)
        {
            var end = Math.Min(start + Stretch, to);
            for (nint i = 0; i < size; i += Lanes)
            {
                var sum0 = Vector512.Load(sums + i);
                Vector512<float> sum1 = default, sum2 = default, sum3 = default;
                if (TRows.Count == Tile)
                {
                    (sum1, sum2, sum3) = (Vector512.Load(sums + size + i), Vector512.Load(sums + (2 * size) + i), Vector512.Load(sums + (3 * size) + i));
                }

                for (var token = start; token < end; token++)
                {
                    var part = HalfVector.Load(cachedValues + (token * size) + i);
                    sum0 = Vector512.FusedMultiplyAdd(part, Vector512.Create(weights[token]), sum0);
                    if (TRows.Count == Tile)
                    {
                        sum1 = Vector512.FusedMultiplyAdd(part, Vector512.Create(weights[stride + token]), sum1);
                        sum2 = Vector512.FusedMultiplyAdd(part, Vector512.Create(weights[(2 * stride) + token]), sum2);
                        sum3 = Vector512.FusedMultiplyAdd(part, Vector512.Create(weights[(3 * stride) + token]), sum3);
                    }
                }

                sum0.Store(sums + i);
                if (TRows.Count == Tile)
                {
                    sum1.Store(sums + size + i);
                    sum2.Store(sums + (2 * size) + i);
                    sum3.Store(sums + (3 * size) + i);
                }
            }
        }
    }

    /// <summary>Scores become their exponentials relative to the highest one's.</summary>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Exponentials(Span<float> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.Exp<float>(scores, scores);
        return TensorPrimitives.Sum<float>(scores);
    }

    /// <summary>Dimensions i and i + half turned by the position's i-th angle, all scaled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rotate(float* from, int position, float scale, float* to)
    {
        var half = shape.RotaryHalf;
        var cosines = (float*)cos + ((nint)position * half);
        var sines = (float*)sin + ((nint)position * half);
        TensorPrimitives.Multiply(new ReadOnlySpan<float>(from, shape.HeadSize), scale, new Span<float>(to, shape.HeadSize));
        for (var i = 0; i < half; i++)
        {
            var (c, s) = (cosines[i], sines[i]);
            to[i] = ((from[i] * c) - (from[i + half] * s)) * scale;
            to[i + half] = ((from[i + half] * c) + (from[i] * s)) * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Narrow(float* from, short* to)
    {
        for (nint i = 0; i < shape.HeadSize; i += Lanes)
        {
            HalfVector.Store(Vector512.Load(from + i), to + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* State(int sequence, int token, int head) =>
        (float*)states + (((((nint)sequence * shape.Tokens) + token) * (shape.Heads + (2 * shape.Groups))) + head) * shape.HeadSize;

    private static int Blocks(int length) => (length + Lanes - 1) / Lanes;
}
