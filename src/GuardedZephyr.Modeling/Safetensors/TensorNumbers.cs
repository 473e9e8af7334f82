using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace GuardedZephyr.Modeling.Safetensors;

/// <summary>The number formats of checkpoints, to and from float32.</summary>
internal static class TensorNumbers
{
    /// <summary>0 for types that are not read here.</summary>
    public static int SizeOf(string type) => type switch
    {
        "F32" => sizeof(float),
        "F16" or "BF16" => sizeof(ushort),
        _ => 0,
    };

    /// <param name="bytes">Values of the type, little-endian.</param>
    public static void Widen(string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case "F32":
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case "F16":
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case "BF16":
                WidenBrain(MemoryMarshal.Cast<byte, ushort>(bytes), values);
                break;
            default:
                throw new NotSupportedException($"Tensors of {type} are not read here.");
        }
    }

    /// <summary>Rounds to nearest, ties to even.</summary>
    public static void Narrow(string type, ReadOnlySpan<float> values, Span<byte> bytes)
    {
        switch (type)
        {
            case "F32":
                MemoryMarshal.AsBytes(values).CopyTo(bytes);
                break;
            case "F16":
                TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes));
                break;
            case "BF16":
                NarrowBrain(MemoryMarshal.Cast<float, uint>(values), MemoryMarshal.Cast<byte, ushort>(bytes));
                break;
            default:
                throw new NotSupportedException($"Tensors of {type} are not written here.");
        }
    }

    /// <summary>bfloat16 is the upper half of a float32.</summary>
    private static void WidenBrain(ReadOnlySpan<ushort> bits, Span<float> values)
    {
        var wide = MemoryMarshal.Cast<float, uint>(values);
        var i = 0;
        for (; i + Vector<ushort>.Count <= bits.Length; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(bits[i..]), out var low, out var high);
            (low << 16).CopyTo(wide[i..]);
            (high << 16).CopyTo(wide[(i + Vector<uint>.Count)..]);
        }

        for (; i < bits.Length; i++)
        {
            wide[i] = (uint)bits[i] << 16;
        }
    }

    private static void NarrowBrain(ReadOnlySpan<uint> wide, Span<ushort> bits)
    {
        var i = 0;
        for (; i + Vector<ushort>.Count <= wide.Length; i += Vector<ushort>.Count)
        {
            Vector.Narrow(Rounded(new Vector<uint>(wide[i..])), Rounded(new Vector<uint>(wide[(i + Vector<uint>.Count)..]))).CopyTo(bits[i..]);
        }

        for (; i < wide.Length; i++)
        {
            bits[i] = (ushort)((wide[i] + 0x7FFF + ((wide[i] >> 16) & 1)) >> 16);
        }

        static Vector<uint> Rounded(Vector<uint> value) => (value + new Vector<uint>(0x7FFF) + ((value >> 16) & Vector<uint>.One)) >> 16;
    }
}
