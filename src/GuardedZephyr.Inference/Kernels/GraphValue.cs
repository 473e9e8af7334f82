using Google.Protobuf;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>ValueInfoProto: an input or output of a graph.</summary>
internal static class GraphValue
{
    private const int NameField = 1;
    private const int TypeField = 2;
    private const int TensorField = 1;
    private const int ElementField = 1;

    /// <summary>The value with 16-bit floats for elements, if it is one of those named.</summary>
    public static byte[] AsHalf(byte[] value, HashSet<string> names) =>
        names.Contains(ProtobufRewriter.Fields(value, NameField).Select(bytes => ByteString.CopyFrom(bytes).ToStringUtf8()).FirstOrDefault(""))
            ? ProtobufRewriter.Rewrite(value, (field, type) => field == TypeField ? ProtobufRewriter.Rewrite(type, (part, tensor) => part == TensorField ? HalfTensor(tensor) : tensor) : type)
            : value;

    private static byte[] HalfTensor(byte[] tensor) => ProtobufRewriter.Rewrite(tensor, (_, bytes) => bytes, output =>
    {
        // The last of several values of a field counts.
        output.WriteTag(ElementField, WireFormat.WireType.Varint);
        output.WriteInt64(CustomOperator.Float16);
    });
}
