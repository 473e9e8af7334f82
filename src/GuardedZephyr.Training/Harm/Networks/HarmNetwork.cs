using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>A classifier to train: what it reads and what it computes.</summary>
internal abstract class HarmNetwork : Module
{
    protected HarmNetwork(string name, IHarmEncoder encoder, RowTable table)
        : base(name)
    {
        (Encoder, Table) = (encoder, table);
        register_module("table", table);
    }

    public IHarmEncoder Encoder { get; }

    public RowTable Table { get; }

    /// <summary>Weights, in numbers.</summary>
    public long Size => parameters().Sum(parameter => parameter.numel()) + Table.Weight.numel();

    /// <returns>[rows, labels]</returns>
    public abstract Tensor Logits(HarmInput input);

    /// <summary>[rows, length, 1]</summary>
    protected static Tensor Mask(HarmInput input) => tensor(input.Mask).reshape(input.Rows, input.Length, 1);

    /// <summary>[rows, length, dimensions]</summary>
    protected Tensor Vectors(HarmInput input) => Table.Sums(input).reshape(input.Rows, input.Length, Table.Dimensions);
}
