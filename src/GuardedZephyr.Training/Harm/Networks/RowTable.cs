using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>
/// A large embedding table of which a batch touches few rows: only those have gradients and moments that move (Adam, Kingma and Ba 2015, in its lazy form). It updates
/// itself; optimizers do not see it.
/// </summary>
internal sealed class RowTable : Module
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Tensor _weight;
    private readonly Tensor _mean;
    private readonly Tensor _square;
    private Tensor? _rows;
    private TorchSharp.Modules.EmbeddingBag? _bag;
    private readonly Tensor _steps = zeros(1);

    public RowTable(int rows, int dimensions, double deviation)
        : base(nameof(RowTable))
    {
        _weight = randn(rows, dimensions) * deviation;
        _mean = zeros(rows, dimensions);
        _square = zeros(rows, dimensions);
        register_buffer("weight", _weight);
        register_buffer("mean", _mean);
        register_buffer("square", _square);
        register_buffer("steps", _steps);
    }

    /// <summary>[rows, dimensions]</summary>
    public Tensor Weight => _weight;

    public long Dimensions => _weight.shape[1];

    /// <summary>For each place the weighted sum of the rows that the input names for it: [places, dimensions].</summary>
    public Tensor Sums(HarmInput input)
    {
        _bag?.Dispose();
        _rows?.Dispose();
        using var scope = NewDisposeScope();
        _rows = tensor(input.Taken).DetachFromDisposeScope();
        _bag = EmbeddingBag_from_pretrained(_weight.index_select(0, _rows), freeze: !is_grad_enabled(), mode: TorchSharp.EmbeddingBagMode.Sum);
        return _bag.call(tensor(input.Indices), tensor(input.Offsets), tensor(input.Weights)).MoveToOuterDisposeScope();
    }

    /// <summary>Moves the rows taken last along their gradient.</summary>
    public void Step(double rate)
    {
        if (_bag?.weight is not { grad: { } gradient } taken || _rows is null)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var steps = _steps.add_(1).item<float>();
        var mean = _mean.index_select(0, _rows).mul_(Beta1).add_(gradient, 1 - Beta1);
        var square = _square.index_select(0, _rows).mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        _mean.index_copy_(0, _rows, mean);
        _square.index_copy_(0, _rows, square);
        var scale = rate * Math.Sqrt(1 - Math.Pow(Beta2, steps)) / (1 - Math.Pow(Beta1, steps));
        _weight.index_copy_(0, _rows, taken.detach().addcdiv_(mean, square.sqrt_().add_(Epsilon), -scale));
    }
}
