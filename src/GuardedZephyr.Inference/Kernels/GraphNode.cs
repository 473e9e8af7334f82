using Google.Protobuf;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Of a NodeProto, what tells whether a kernel computes it.</summary>
internal sealed class GraphNode
{
    private const int InputField = 1;
    private const int OutputField = 2;
    private const int OperatorField = 4;
    private const int AttributeField = 5;
    private const int DomainField = 7;
    private readonly List<string> _inputs = [];
    private readonly List<string> _outputs = [];
    private readonly Dictionary<string, long> _integers = [];
    private string _operator = "";
    private string _domain = "";

    /// <summary>4-bit symmetric weights that may be multiplied with activations rounded to eight bits (accuracy level 4), of a shape that the kernel takes.</summary>
    public bool IsInt4Matrix =>
        (_operator, _domain, _inputs.Count) == ("MatMulNBits", "com.microsoft", 3)
        && _integers.GetValueOrDefault("bits", 4) == 4
        && _integers.GetValueOrDefault("accuracy_level") == 4
        && Int4MatMul.Fits(_integers.GetValueOrDefault("K"), _integers.GetValueOrDefault("N"), _integers.GetValueOrDefault("block_size"));

    public bool IsAttention => (_operator, _domain) == ("GroupQueryAttention", "com.microsoft");

    /// <summary>Computes products of matrices, the sums of which may be taken in another order for other sizes.</summary>
    public bool Multiplies => IsAttention || _operator is "MatMul" or "MatMulNBits" or "Gemm" or "FusedMatMul" or "Einsum";

    /// <summary>Queries, keys and values in one; rotated inside; none of the operator's other features.</summary>
    public bool IsPlainAttention =>
        IsAttention
        && _inputs is [not "", "", "", not "", not "", not "", not "", not "", not ""]
        && _outputs is [not "", not "", not ""]
        && _integers.GetValueOrDefault("do_rotary") == 1
        && _integers.GetValueOrDefault("rotary_interleaved") == 0
        && _integers.Keys.All(name => name is "num_heads" or "kv_num_heads" or "do_rotary" or "rotary_interleaved");

    /// <summary>Past and present keys and values of an attention.</summary>
    public IEnumerable<string> Caches => [_inputs[3], _inputs[4], _outputs[1], _outputs[2]];

    /// <exception cref="IOException">Not a protobuf message.</exception>
    public static GraphNode Read(byte[] bytes)
    {
        var node = new GraphNode();
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case InputField:
                    node._inputs.Add(input.ReadString());
                    break;
                case OutputField:
                    node._outputs.Add(input.ReadString());
                    break;
                case OperatorField:
                    node._operator = input.ReadString();
                    break;
                case DomainField:
                    node._domain = input.ReadString();
                    break;
                case AttributeField:
                    node.ReadAttribute(input.ReadBytes().CreateCodedInput());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return node;
    }

    /// <summary>The node in the kernels' domain, without inputs that are left out.</summary>
    public static byte[] ForKernel(byte[] node) =>
        ProtobufRewriter.Rewrite(node, (field, bytes) => field == DomainField || (field == InputField && bytes.Length == 0) ? null : bytes, output =>
        {
            output.WriteTag(DomainField, WireFormat.WireType.LengthDelimited);
            output.WriteString(KernelDomain.Name);
        });

    private void ReadAttribute(CodedInputStream input)
    {
        const int Name = 1;
        const int Integer = 3;
        var (name, value) = ("", 0L);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case Name:
                    name = input.ReadString();
                    break;
                case Integer:
                    value = input.ReadInt64();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        _integers[name] = value;
    }
}
