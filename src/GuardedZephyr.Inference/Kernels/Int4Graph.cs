using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// Opens a model so that its 4-bit matrices run on the kernel here instead of on ONNX Runtime's: their nodes get another domain while the graph is read. The folder stays as it is, and a
/// processor or a node that the kernel is not made for stays with ONNX Runtime.
/// </summary>
internal static class Int4Graph
{
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot load the model.</exception>
    public static InferenceSession Open(string path, SessionOptions options)
    {
        if (Int4MatMul.IsSupported && Redirect(path) is { } graph)
        {
            Int4Operator.Register(options);
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetDirectoryName(path));
            return new InferenceSession(graph, options);
        }

        return new InferenceSession(path, options);
    }

    /// <returns>The model with its nodes redirected; null when there is none to redirect, or the file is not a model that can be read here: ONNX Runtime says what is wrong with it.</returns>
    internal static byte[]? Redirect(string path)
    {
        const int Graph = 7;
        const int OperatorSets = 8;
        const long MaxGraph = 64 << 20;
        if (new FileInfo(path).Length > MaxGraph)
        {
            return null;
        }

        try
        {
            var redirected = 0;
            var model = ProtobufRewriter.Rewrite(File.ReadAllBytes(path), (field, bytes) => field == Graph ? RedirectNodes(bytes, ref redirected) : bytes, output =>
                ProtobufRewriter.WriteField(output, OperatorSets, ProtobufRewriter.Rewrite([], (_, bytes) => bytes, set =>
                {
                    set.WriteTag(1, WireFormat.WireType.LengthDelimited);
                    set.WriteString(Int4Operator.Domain);
                    set.WriteTag(2, WireFormat.WireType.Varint);
                    set.WriteInt64(1);
                })));
            return redirected > 0 ? model : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static byte[] RedirectNodes(byte[] graph, ref int redirected)
    {
        const int Node = 1;
        var count = 0;
        var result = ProtobufRewriter.Rewrite(graph, (field, bytes) =>
        {
            if (field != Node || !OnnxNodeHeader.Read(bytes).IsForKernel)
            {
                return bytes;
            }

            count++;
            return OnnxNodeHeader.WithDomain(bytes, Int4Operator.Domain);
        });
        redirected += count;
        return result;
    }
}
