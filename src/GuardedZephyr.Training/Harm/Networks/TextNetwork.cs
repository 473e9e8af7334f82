using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>
/// Words or pieces of words -> vectors -> a body that looks at neighbours -> pooling -> one hidden layer -> a logit per label. Pooling is the mean under
/// weights that several heads give to each place, beside the maximum.
/// </summary>
internal sealed class TextNetwork : HarmNetwork
{
    public const int Heads = 8;

    private readonly Module<Tensor, Tensor, Tensor>? _body;
    private readonly TorchSharp.Modules.Linear _gates;
    private readonly TorchSharp.Modules.Linear _hidden;
    private readonly TorchSharp.Modules.Dropout _dropout;
    private readonly TorchSharp.Modules.Linear _output;

    public TextNetwork(string name, IHarmEncoder encoder, int vocabulary, int dimensions, int hidden, int labels, Module<Tensor, Tensor, Tensor>? body)
        : base(name, encoder, new RowTable(vocabulary, dimensions, 0.02))
    {
        _body = body;
        _gates = Linear(dimensions, Heads);
        _hidden = Linear(2 * dimensions, hidden);
        _dropout = Dropout(0.3);
        _output = Linear(hidden, labels);
        using (no_grad())
        {
            init.constant_(_output.bias!, -3);
        }

        RegisterComponents();
    }

    public IEnumerable<TorchSharp.Modules.Linear> Convolutions => (_body as ConvolutionBody)?.Layers ?? [];

    public TorchSharp.Modules.Linear Gates => _gates;

    public TorchSharp.Modules.Linear Hidden => _hidden;

    public TorchSharp.Modules.Linear Output => _output;

    public override Tensor Logits(HarmInput input)
    {
        var mask = Mask(input);
        var vectors = Vectors(input).mul(mask);
        vectors = _body is null ? vectors : _body.call(vectors, mask);
        var weights = _gates.call(vectors).add((mask - 1) * 1e4).softmax(1);
        var mean = vectors.reshape(input.Rows, input.Length, Heads, -1).mul(weights.unsqueeze(-1)).sum(1).reshape(input.Rows, -1);
        var max = vectors.add((mask - 1) * 1e4).amax(1);
        return _output.call(_dropout.call(functional.relu(_hidden.call(_dropout.call(cat([mean, max], 1))))));
    }
}
