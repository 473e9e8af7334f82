using Google.Protobuf;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Of a NodeProto, what tells whether the kernel computes it.</summary>
internal sealed class OnnxNodeHeader
{
    private const int InputField = 1;
    private const int OperatorField = 4;
    private const int AttributeField = 5;
    private const int DomainField = 7;
    private readonly Dictionary<string, long> _integers = [];
    private int _inputs;
    private string _operator = "";
    private string _domain = "";

    /// <summary>4-bit symmetric weights that may be multiplied with activations rounded to eight bits (accuracy level 4), of a shape that the kernel takes.</summary>
    public bool IsForKernel =>
        (_operator, _domain, _inputs) == ("MatMulNBits", "com.microsoft", 3)
        && _integers.GetValueOrDefault("bits", 4) == 4
        && _integers.GetValueOrDefault("accuracy_level") == 4
        && Int4MatMul.Fits(_integers.GetValueOrDefault("K"), _integers.GetValueOrDefault("N"), _integers.GetValueOrDefault("block_size"));

    public static OnnxNodeHeader Read(byte[] node)
    {
        var header = new OnnxNodeHeader();
        using var input = new CodedInputStream(node);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case InputField:
                    header._inputs += input.ReadString().Length > 0 ? 1 : 0;
                    break;
                case OperatorField:
                    header._operator = input.ReadString();
                    break;
                case DomainField:
                    header._domain = input.ReadString();
                    break;
                case AttributeField:
                    header.ReadAttribute(input.ReadBytes().CreateCodedInput());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return header;
    }

    public static byte[] WithDomain(byte[] node, string domain) => ProtobufRewriter.Rewrite(node, (field, bytes) => field == DomainField ? null : bytes, output =>
    {
        output.WriteTag(DomainField, WireFormat.WireType.LengthDelimited);
        output.WriteString(domain);
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
