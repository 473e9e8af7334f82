using GuardedZephyr.Classification;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>The baseline: logistic regression over hashed words and character n-grams, their mean over the text.</summary>
internal sealed class LinearNetwork : HarmNetwork
{
    /// <summary>Means of many rows are small; this makes their gradients large enough for the common learning rate.</summary>
    private const double Scale = 10;

    private readonly TorchSharp.Modules.Parameter _bias;

    public LinearNetwork(FeatureSettings settings, int labels)
        : base("linear", new WordEncoder(settings), new RowTable(settings.Buckets, labels, 0))
    {
        _bias = Parameter(full(labels, -3f));
        RegisterComponents();
    }

    public override Tensor Logits(HarmInput input)
    {
        var mask = Mask(input);
        return (Vectors(input).mul(mask).sum(1) / mask.sum(1).clamp_min(1) * Scale) + _bias;
    }
}
