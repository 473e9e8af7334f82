using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>A small pre-norm transformer encoder with learnt positions.</summary>
internal sealed class TransformerBody : Module<Tensor, Tensor, Tensor>
{
    private readonly int _heads;
    private readonly TorchSharp.Modules.Parameter _positions;
    private readonly TorchSharp.Modules.ModuleList<Module> _layers = [];
    private readonly TorchSharp.Modules.LayerNorm _last;

    public TransformerBody(int dimensions, int layers, int heads, int longest)
        : base(nameof(TransformerBody))
    {
        _heads = heads;
        _positions = Parameter(randn(longest, dimensions) * 0.02);
        for (var i = 0; i < layers; i++)
        {
            _layers.append(LayerNorm(dimensions));
            _layers.append(Linear(dimensions, 3 * dimensions));
            _layers.append(Linear(dimensions, dimensions));
            _layers.append(LayerNorm(dimensions));
            _layers.append(Linear(dimensions, 2 * dimensions));
            _layers.append(Linear(2 * dimensions, dimensions));
        }

        _last = LayerNorm(dimensions);
        RegisterComponents();
    }

    public override Tensor forward(Tensor vectors, Tensor mask)
    {
        var (rows, length, dimensions) = (vectors.shape[0], vectors.shape[1], vectors.shape[2]);
        vectors = vectors + _positions.narrow(0, 0, length);
        var absent = ((mask - 1) * 1e4).transpose(1, 2).unsqueeze(1);
        for (var i = 0; i < _layers.Count; i += 6)
        {
            var mixed = Call(i + 1, Call(i, vectors)).reshape(rows, length, 3, _heads, dimensions / _heads).permute(2, 0, 3, 1, 4);
            var scores = mixed[0].matmul(mixed[1].transpose(2, 3)).div(Math.Sqrt(dimensions / (double)_heads)).add(absent).softmax(-1);
            vectors = vectors + Call(i + 2, scores.matmul(mixed[2]).transpose(1, 2).reshape(rows, length, dimensions));
            vectors = vectors + Call(i + 5, functional.gelu(Call(i + 4, Call(i + 3, vectors))));
        }

        return _last.call(vectors).mul(mask);
    }

    private Tensor Call(int layer, Tensor input) => ((Module<Tensor, Tensor>)_layers[layer]).call(input);
}
