using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

/// <summary>StableLM as a TorchSharp module. Parameter names are those of the Hugging Face checkpoint.</summary>
internal sealed class NanoModel : Module<Tensor, Tensor>
{
    private const double EmbeddingDeviation = 0.2;
    private const double HeadDeviation = 0.04;

    private readonly StableLmBody model;
    private readonly Linear lm_head;

    public NanoModel(int vocabulary) : base(nameof(NanoModel))
    {
        model = new StableLmBody(vocabulary);
        lm_head = Linear(NanoShape.Hidden, vocabulary, hasBias: false);
        RegisterComponents();
        using var _ = no_grad();
        foreach (var (name, parameter) in named_parameters().Where(entry => entry.parameter.dim() == 2))
        {
            init.normal_(parameter, 0, Deviation(name));
        }

        // Embeddings are not tied, but start alike: copying a word from the question then takes no learning of which is which.
        using var embeddings = get_parameter("model.embed_tokens.weight")!.mul(HeadDeviation / EmbeddingDeviation);
        lm_head.weight!.copy_(embeddings);
        InductionStart.Apply(this);
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
    private static double Deviation(string name) =>
        name.EndsWith("embed_tokens.weight", StringComparison.Ordinal) ? EmbeddingDeviation
        : name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal) ? 0.04 / Math.Sqrt(2 * NanoShape.Layers)
        : 0.04;
}
