using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GuardedZephyr.Bench;

/// <summary>How fast this machine reads memory that no cache holds.</summary>
internal static class MemoryBandwidth
{
    private const int Bytes = 1 << 30;

    /// <returns>Bytes a second of all threads together, the best of some passes.</returns>
    public static unsafe double Measure(int threads, int passes = 5)
    {
        var memory = (byte*)NativeMemory.AlignedAlloc(Bytes, 64);
        new Span<byte>(memory, Bytes).Fill(1);
        var (best, part) = (double.MaxValue, Bytes / threads / 256 * 256);
        var sums = new long[threads];
        for (var pass = 0; pass < passes; pass++)
        {
            var clock = Stopwatch.GetTimestamp();
            Thread[] readers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => sums[i] += Sum(memory + ((nint)i * part), part)))];
            Array.ForEach(readers, reader => reader.Start());
            Array.ForEach(readers, reader => reader.Join());
            best = Math.Min(best, Stopwatch.GetElapsedTime(clock).TotalSeconds);
        }

        NativeMemory.AlignedFree(memory);
        return (double)part * threads / best;
    }

    private static unsafe long Sum(byte* from, int length)
    {
        var (a, b) = (Vector512<long>.Zero, Vector512<long>.Zero);
        for (var i = 0; i < length; i += 2 * Vector512<byte>.Count)
        {
            a += Vector512.Load((long*)(from + i));
            b += Vector512.Load((long*)(from + i + Vector512<byte>.Count));
        }

        return Vector512.Sum(a + b);
    }
}
