using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

/// <summary>Causal attention with rotary positions on the first quarter of each head, in half-split form.</summary>
internal sealed class StableLmAttention : Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly Linear q_proj = Square();
    private readonly Linear k_proj = Square();
    private readonly Linear v_proj = Square();
    private readonly Linear o_proj = Square();

    public StableLmAttention() : base(nameof(StableLmAttention)) => RegisterComponents();

    public override Tensor forward(Tensor hidden, Tensor cos, Tensor sin)
    {
        var (batch, length) = (hidden.shape[0], hidden.shape[1]);
        var query = Rotate(Heads(q_proj.forward(hidden)), cos, sin);
        var key = Rotate(Heads(k_proj.forward(hidden)), cos, sin);
        var mixed = functional.scaled_dot_product_attention(query, key, Heads(v_proj.forward(hidden)), is_casual: true);
        return o_proj.forward(mixed.transpose(1, 2).reshape(batch, length, NanoShape.Hidden));

        Tensor Heads(Tensor values) => values.view(batch, length, NanoShape.Heads, NanoShape.HeadSize).transpose(1, 2);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            q_proj.Dispose();
            k_proj.Dispose();
            v_proj.Dispose();
            o_proj.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Tensor Rotate(Tensor heads, Tensor cos, Tensor sin)
    {
        const int Half = NanoShape.RotaryWidth / 2;
        var first = heads.narrow(3, 0, Half);
        var second = heads.narrow(3, Half, Half);
        var rest = heads.narrow(3, NanoShape.RotaryWidth, NanoShape.HeadSize - NanoShape.RotaryWidth);
        return cat([(first * cos) - (second * sin), (second * cos) + (first * sin), rest], 3);
    }

    private static Linear Square() => Linear(NanoShape.Hidden, NanoShape.Hidden, hasBias: false);
}
