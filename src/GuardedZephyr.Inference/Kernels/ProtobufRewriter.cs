using Google.Protobuf;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Copies a protobuf message, with some of its length-delimited fields changed.</summary>
internal static class ProtobufRewriter
{
    /// <param name="change">Gets a field's number and bytes, and gives the bytes to write instead; null leaves the field out.</param>
    /// <param name="append">Writes further fields.</param>
    /// <exception cref="IOException">Not a protobuf message.</exception>
    public static byte[] Rewrite(byte[] message, Func<int, byte[], byte[]?> change, Action<CodedOutputStream>? append = null)
    {
        using var buffer = new MemoryStream(message.Length + 64);
        using var output = new CodedOutputStream(buffer, leaveOpen: true);
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                var bytes = input.ReadBytes().ToByteArray();
                if (change(field, bytes) is { } changed)
                {
                    WriteField(output, field, changed);
                }
            }
            else
            {
                Copy(input, output, tag);
            }
        }

        append?.Invoke(output);
        output.Flush();
        return buffer.ToArray();
    }

    /// <summary>The length-delimited fields of a number.</summary>
    /// <exception cref="IOException">Not a protobuf message.</exception>
    public static IReadOnlyList<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(number, WireFormat.WireType.LengthDelimited))
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }

    public static void WriteField(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    private static void Copy(CodedInputStream input, CodedOutputStream output, uint tag)
    {
        output.WriteTag(tag);
        switch (WireFormat.GetTagWireType(tag))
        {
            case WireFormat.WireType.Varint:
                output.WriteUInt64(input.ReadUInt64());
                break;
            case WireFormat.WireType.Fixed64:
                output.WriteFixed64(input.ReadFixed64());
                break;
            case WireFormat.WireType.Fixed32:
                output.WriteFixed32(input.ReadFixed32());
                break;
            default:
                throw new IOException("A group, which no ONNX message has.");
        }
    }
}
