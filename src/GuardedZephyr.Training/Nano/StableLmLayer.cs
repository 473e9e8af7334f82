using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

internal sealed class StableLmLayer : Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly LayerNorm input_layernorm;
    private readonly StableLmAttention self_attn;
    private readonly LayerNorm post_attention_layernorm;
    private readonly StableLmMlp mlp;

    public StableLmLayer() : base(nameof(StableLmLayer))
    {
        input_layernorm = LayerNorm(NanoShape.Hidden, NanoShape.Epsilon);
        self_attn = new StableLmAttention();
        post_attention_layernorm = LayerNorm(NanoShape.Hidden, NanoShape.Epsilon);
        mlp = new StableLmMlp();
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Tensor cos, Tensor sin)
    {
        hidden = hidden + self_attn.forward(input_layernorm.forward(hidden), cos, sin);
        return hidden + mlp.forward(post_attention_layernorm.forward(hidden));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input_layernorm.Dispose();
            self_attn.Dispose();
            post_attention_layernorm.Dispose();
            mlp.Dispose();
        }

        base.Dispose(disposing);
    }
}
