using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>Residual convolutions of width three: each place comes to know <c>layers</c> neighbours on both sides.</summary>
internal sealed class ConvolutionBody : Module<Tensor, Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<Module<Tensor, Tensor>> _layers = [];

    public ConvolutionBody(int dimensions, int layers)
        : base(nameof(ConvolutionBody))
    {
        for (var i = 0; i < layers; i++)
        {
            _layers.append(Linear(3 * dimensions, dimensions));
        }

        RegisterComponents();
    }

    public IEnumerable<TorchSharp.Modules.Linear> Layers => _layers.Cast<TorchSharp.Modules.Linear>();

    /// <param name="vectors">[rows, length, dimensions], zero where the mask is.</param>
    public override Tensor forward(Tensor vectors, Tensor mask)
    {
        foreach (var layer in _layers)
        {
            var padded = functional.pad(vectors, [0, 0, 1, 1]);
            var length = vectors.shape[1];
            var neighbours = cat([padded.narrow(1, 0, length), vectors, padded.narrow(1, 2, length)], 2);
            vectors = vectors + functional.relu(layer.call(neighbours)).mul(mask);
        }

        return vectors;
    }
}
