using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

internal sealed class StableLmBody : Module<Tensor, Tensor>
{
    private readonly Embedding embed_tokens;
    private readonly ModuleList<StableLmLayer> layers;
    private readonly LayerNorm norm;
    private readonly Tensor _cos;
    private readonly Tensor _sin;

    public StableLmBody(int vocabulary) : base(nameof(StableLmBody))
    {
        embed_tokens = Embedding(vocabulary, NanoShape.Hidden);
        layers = ModuleList(Enumerable.Range(0, NanoShape.Layers).Select(_ => new StableLmLayer()).ToArray());
        norm = LayerNorm(NanoShape.Hidden, NanoShape.Epsilon);
        RegisterComponents();
        var half = NanoShape.RotaryWidth / 2;
        using var scope = NewDisposeScope();
        var frequencies = pow(NanoShape.RopeTheta, -arange(half, ScalarType.Float32) / half);
        var angles = outer(arange(NanoShape.Context, ScalarType.Float32), frequencies);
        _cos = angles.cos().DetachFromDisposeScope();
        _sin = angles.sin().DetachFromDisposeScope();
    }

    public override Tensor forward(Tensor ids)
    {
        var length = ids.shape[1];
        using var cos = _cos.narrow(0, 0, length);
        using var sin = _sin.narrow(0, 0, length);
        var hidden = embed_tokens.forward(ids);
        foreach (var layer in layers)
        {
            hidden = layer.forward(hidden, cos, sin);
        }

        return norm.forward(hidden);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cos.Dispose();
            _sin.Dispose();
            embed_tokens.Dispose();
            layers.Dispose();
            norm.Dispose();
        }

        base.Dispose(disposing);
    }
}
