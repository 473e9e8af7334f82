using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>
/// Hashed features -> their embeddings, averaged with a weight that each bucket learns (the softmax of a scalar gate over the text's features) ->
/// one hidden layer -> a logit per label.
/// </summary>
internal sealed class BagNetwork : Module
{
    private readonly TorchSharp.Modules.EmbeddingBag _table;
    private readonly TorchSharp.Modules.Parameter _gates;
    private readonly TorchSharp.Modules.Linear _hidden;
    private readonly TorchSharp.Modules.Dropout _dropout;
    private readonly TorchSharp.Modules.Linear _output;

    public BagNetwork(int buckets, int dimensions, int hidden, int labels)
        : base(nameof(BagNetwork))
    {
        _table = EmbeddingBag(buckets, dimensions, mode: EmbeddingBagMode.Sum);
        using (no_grad())
        {
            init.normal_(_table.weight!, 0, 0.1);
        }

        _gates = Parameter(zeros(buckets));
        _hidden = Linear(dimensions, hidden);
        _dropout = Dropout(0.2);
        _output = Linear(hidden, labels);
        RegisterComponents();
    }

    /// <summary>[buckets, dimensions]</summary>
    public Tensor Table => _table.weight!;

    /// <summary>[buckets]</summary>
    public Tensor Gates => _gates;

    public TorchSharp.Modules.Linear Hidden => _hidden;

    public TorchSharp.Modules.Linear Output => _output;

    /// <param name="buckets">int64 [features]: the rows of a batch behind each other.</param>
    /// <param name="offsets">int64 [rows]: where each row begins.</param>
    /// <param name="rows">int64 [features]: the row of each feature.</param>
    /// <returns>Logits [rows, labels].</returns>
    public Tensor Forward(Tensor buckets, Tensor offsets, Tensor rows)
    {
        var weights = _gates.index_select(0, buckets).exp();
        var total = zeros(offsets.shape[0]).index_add(0, rows, weights, 1).add(1e-6);
        var pooled = _table.call(buckets, offsets, weights) / total.unsqueeze(1);
        return _output.call(_dropout.call(functional.relu(_hidden.call(pooled))));
    }
}
