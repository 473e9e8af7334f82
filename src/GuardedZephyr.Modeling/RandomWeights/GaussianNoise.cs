using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GuardedZephyr.Modeling.RandomWeights;

/// <summary>
/// Normally distributed numbers as a function of a key and a place, so that any part can be made on any core (Box and Muller 1958 over
/// an integer hash of the place).
/// </summary>
internal static class GaussianNoise
{
    /// <summary>Places are counted in these; a part begins at a multiple.</summary>
    public const int Step = 32;

    /// <summary>Fills with mean + spread · z.</summary>
    /// <param name="first">Place of the first value: a multiple of <see cref="Step"/>.</param>
    public static void Fill(uint key, long first, float mean, float spread, Span<float> values)
    {
        Span<float> last = stackalloc float[Step];
        for (var done = 0; done < values.Length; done += Step)
        {
            var (left, right) = Pair(key, (uint)((first + done) / 2));
            var target = values.Length - done >= Step ? values.Slice(done, Step) : last;
            var vectors = MemoryMarshal.Cast<float, Vector512<float>>(target);
            vectors[0] = (left * spread) + Vector512.Create(mean);
            vectors[1] = (right * spread) + Vector512.Create(mean);
            if (target == last)
            {
                last[..(values.Length - done)].CopyTo(values[done..]);
            }
        }
    }

    /// <summary>A key for a name, the same on every machine (FNV-1a).</summary>
    public static uint Key(string name, int seed)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return hash;
    }

    private static (Vector512<float> Left, Vector512<float> Right) Pair(uint key, uint place)
    {
        var places = Vector512.Create(place) + Vector512<uint>.Indices;
        var first = Mixed(places ^ Mixed(Vector512.Create(key)));
        var second = Mixed(first + Vector512.Create(0x9E3779B9u));
        // 24 bits each: over 0 up to 1, and from 0 to below 1.
        var length = Vector512.ConvertToSingle((first >>> 8) + Vector512<uint>.One) * (1f / (1 << 24));
        var angle = Vector512.ConvertToSingle(second >>> 8) * (2 * MathF.PI / (1 << 24));
        var radius = Vector512.Sqrt(Vector512.Log(length) * -2f);
        var (sin, cos) = Vector512.SinCos(angle);
        return (radius * cos, radius * sin);
    }

    /// <summary>A bijection of 32 bits without visible order (Wellons 2018).</summary>
    private static Vector512<uint> Mixed(Vector512<uint> x)
    {
        x ^= x >>> 16;
        x *= 0x21F0AAADu;
        x ^= x >>> 15;
        x *= 0x735A2D97u;
        return x ^ (x >>> 15);
    }
}
