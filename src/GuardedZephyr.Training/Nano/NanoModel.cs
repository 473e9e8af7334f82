using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

/// <summary>StableLM as a TorchSharp module. Parameter names are those of the Hugging Face checkpoint.</summary>
internal sealed class NanoModel : Module<Tensor, Tensor>
{
    private readonly StableLmBody model;
    private readonly Linear lm_head;

    public NanoModel(int vocabulary) : base(nameof(NanoModel))
    {
        model = new StableLmBody(vocabulary);
        lm_head = Linear(NanoShape.Hidden, vocabulary, hasBias: false);
        RegisterComponents();
        foreach (var (name, parameter) in named_parameters())
        {
            Initialise(name, parameter);
        }
    }

    /// <returns>Logits [batch, length, vocabulary] for ids [batch, length].</returns>
    public override Tensor forward(Tensor ids) => lm_head.forward(model.forward(ids));

    /// <returns>Logits [positions, vocabulary] of some positions, counted over the flattened batch.</returns>
    public Tensor LogitsAt(Tensor ids, Tensor positions) => lm_head.forward(model.forward(ids).view(-1, NanoShape.Hidden).index_select(0, positions));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            model.Dispose();
            lm_head.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Matrices that write to the residual stream start smaller, by the square root of their number (GPT-2).</summary>
    private static void Initialise(string name, Tensor parameter)
    {
        if (parameter.dim() < 2)
        {
            return;
        }

        var residual = name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
        using var _ = no_grad();
        init.normal_(parameter, 0, residual ? 0.04 / Math.Sqrt(2 * NanoShape.Layers) : 0.04);
    }
}
