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

    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot load the model.</exception>
    /// <param name="exact">Whether all products of matrices run on the kernels: a token's result is then the same to the last bit whatever it is computed together with.</param>
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

    /// <returns>The model with its nodes redirected; null when there is none to redirect, or the file is not a model that can be read here: ONNX Runtime says what is wrong with it.</returns>
    internal static byte[]? Redirect(string path, DecoderShape shape, out bool exact)
    {
        exact = false;
        try
        {
            if (new FileInfo(path).Length > MaxGraph)
            {
                return null;
            }

            var (redirected, left) = (0, 0);
            var model = ProtobufRewriter.Rewrite(File.ReadAllBytes(path), (field, bytes) => field == GraphField ? Redirect(bytes, shape, ref redirected, ref left) : bytes, AddOperatorSet);
            exact = redirected > 0 && left == 0;
            return redirected > 0 ? model : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static byte[] Redirect(byte[] graph, DecoderShape shape, ref int redirected, ref int left)
    {
        var nodes = ProtobufRewriter.Fields(graph, NodeField).Select(GraphNode.Read).ToList();
        var attentions = nodes.Where(node => node.IsAttention).ToList();

        // A model whose matrices are not rounded keeps its cache exact too.
        var plain = nodes.Exists(node => node.IsInt4Matrix) && AttentionShape.Fits(shape.HeadSize) && attentions.TrueForAll(node => node.IsPlainAttention);
        var caches = plain ? attentions.SelectMany(node => node.Caches).ToHashSet() : [];
        redirected += nodes.Count(ForKernel);
        left += nodes.Count(node => node.Multiplies && !ForKernel(node));
        return ProtobufRewriter.Rewrite(graph, (field, bytes) => field switch
        {
            NodeField when ForKernel(GraphNode.Read(bytes)) => GraphNode.ForKernel(bytes),
            InputField or OutputField when caches.Count > 0 => GraphValue.AsHalf(bytes, caches),
            _ => bytes,
        });

        bool ForKernel(GraphNode node) => node.IsInt4Matrix || (node.IsAttention && plain);
    }

    private static void AddOperatorSet(CodedOutputStream output) => ProtobufRewriter.WriteField(output, OperatorSetField, ProtobufRewriter.Rewrite([], (_, bytes) => bytes, set =>
    {
        set.WriteTag(1, WireFormat.WireType.LengthDelimited);
        set.WriteString(KernelDomain.Name);
        set.WriteTag(2, WireFormat.WireType.Varint);
        set.WriteInt64(1);
    }));
}
