using Google.Protobuf;
using GuardedZephyr.Inference.Models;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// Opens a model so that its 4-bit matrices and its attention run on the kernels here instead of on ONNX Runtime's: their nodes get another domain while the graph is read, and the cache of the
/// attention becomes one of 16-bit floats. The folder stays as it is, and a processor or a node that the kernels are not made for stays with ONNX Runtime.
/// </summary>
internal static class KernelGraph
{
    private const int GraphField = 7;
    private const int OperatorSetField = 8;
    private const int NodeField = 1;
    private const int InputField = 11;
    private const int OutputField = 12;
    private const long MaxGraph = 64 << 20;

    /// <param name="exact">Whether all products of matrices run on the kernels: a token's result is then the same to the last bit whatever it is computed together with.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot load the model.</exception>
    public static InferenceSession Open(string path, DecoderShape shape, SessionOptions options, out bool exact)
    {
        exact = false;
        if (KernelDomain.IsSupported && Redirect(path, shape, out exact) is { } model)
        {
            KernelDomain.Register(options);
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetDirectoryName(path));
            return new InferenceSession(model, options);
        }

        return new InferenceSession(path, options);
    }

    /// <summary>Bytes of a number in the KV cache.</summary>
    public static int CacheElementBytes(string path, DecoderShape shape) =>
        KernelDomain.IsSupported && Nodes(path) is { } nodes && RunsAttention(nodes, shape) ? sizeof(ushort) : sizeof(float);

    /// <returns>The model with its nodes redirected; null when there is none to redirect, or the file is not a model that can be read here: ONNX Runtime says what is wrong with it.</returns>
    internal static byte[]? Redirect(string path, DecoderShape shape, out bool exact)
    {
        exact = false;
        if (Nodes(path) is not { } nodes)
        {
            return null;
        }

        var attention = RunsAttention(nodes, shape);
        var redirected = nodes.Count(ForKernel);
        exact = redirected > 0 && !nodes.Exists(node => node.Multiplies && !ForKernel(node));
        return redirected > 0 ? ProtobufRewriter.Rewrite(File.ReadAllBytes(path), (field, bytes) => field == GraphField ? Redirect(bytes) : bytes, AddOperatorSet) : null;

        bool ForKernel(GraphNode node) => node.IsInt4Matrix || (node.IsAttention && attention);

        byte[] Redirect(byte[] graph)
        {
            var caches = attention ? nodes.Where(node => node.IsAttention).SelectMany(node => node.Caches).ToHashSet() : [];
            return ProtobufRewriter.Rewrite(graph, (field, bytes) => field switch
            {
                NodeField when ForKernel(GraphNode.Read(bytes)) => GraphNode.ForKernel(bytes),
                InputField or OutputField when caches.Count > 0 => GraphValue.AsHalf(bytes, caches),
                _ => bytes,
            });
        }
    }

    /// <summary>A model whose matrices are not rounded keeps its cache exact too.</summary>
    private static bool RunsAttention(List<GraphNode> nodes, DecoderShape shape) =>
        AttentionShape.Fits(shape.HeadSize) && nodes.Exists(node => node.IsInt4Matrix) && nodes.TrueForAll(node => !node.IsAttention || node.IsPlainAttention);

    /// <returns>Null when the file is not a model that can be read here.</returns>
    private static List<GraphNode>? Nodes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxGraph
                ? [.. ProtobufRewriter.Fields(File.ReadAllBytes(path), GraphField).SelectMany(graph => ProtobufRewriter.Fields(graph, NodeField)).Select(GraphNode.Read)]
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void AddOperatorSet(CodedOutputStream output) => ProtobufRewriter.WriteField(output, OperatorSetField, ProtobufRewriter.Rewrite([], (_, bytes) => bytes, set =>
    {
        set.WriteTag(1, WireFormat.WireType.LengthDelimited);
        set.WriteString(KernelDomain.Name);
        set.WriteTag(2, WireFormat.WireType.Varint);
        set.WriteInt64(1);
    }));
}
