using System.Text;

namespace GuardedZephyr.Bench;

/// <summary>Writes GGUF version 3, the format of llama.cpp's models.</summary>
internal static class GgufWriter
{
    public const int Float32 = 0;

    /// <summary>Blocks of 32 weights: a 16-bit float as scale and 16 bytes, of which the low nibbles are the first half of the block.</summary>
    public const int Q4Zero = 2;

    private const int Alignment = 32;
    private const uint UnsignedType = 4, IntegerType = 5, FloatType = 6, BooleanType = 7, TextType = 8, ArrayType = 9;

    /// <param name="Shape">The fastest dimension first.</param>
    /// <param name="Write">Writes <paramref name="Length"/> bytes.</param>
    public sealed record Tensor(string Name, long[] Shape, int Type, long Length, Action<Stream> Write);

    /// <param name="settings">Values of uint, float, bool, string, string[] or int[].</param>
    public static void Write(string path, IReadOnlyList<(string Name, object Value)> settings, IReadOnlyList<Tensor> tensors)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("GGUF"u8);
        writer.Write(3);
        writer.Write((long)tensors.Count);
        writer.Write((long)settings.Count);
        foreach (var (name, value) in settings)
        {
            Text(writer, name);
            Value(writer, value);
        }

        var offset = 0L;
        foreach (var tensor in tensors)
        {
            Text(writer, tensor.Name);
            writer.Write(tensor.Shape.Length);
            Array.ForEach(tensor.Shape, writer.Write);
            writer.Write(tensor.Type);
            writer.Write(offset);
            offset += Padded(tensor.Length);
        }

        foreach (var tensor in tensors)
        {
            writer.Write(new byte[Padded(writer.BaseStream.Position) - writer.BaseStream.Position]);
            writer.Flush();
            tensor.Write(writer.BaseStream);
        }
    }

    private static void Value(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case uint number:
                writer.Write(UnsignedType);
                writer.Write(number);
                break;
            case float number:
                writer.Write(FloatType);
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(BooleanType);
                writer.Write(flag);
                break;
            case string text:
                writer.Write(TextType);
                Text(writer, text);
                break;
            case string[] texts:
                writer.Write(ArrayType);
                writer.Write(TextType);
                writer.Write((long)texts.Length);
                Array.ForEach(texts, text => Text(writer, text));
                break;
            case int[] numbers:
                writer.Write(ArrayType);
                writer.Write(IntegerType);
                writer.Write((long)numbers.Length);
                Array.ForEach(numbers, writer.Write);
                break;
            default:
                throw new ArgumentException($"GGUF has no setting of {value.GetType().Name} here.", nameof(value));
        }
    }

    private static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
