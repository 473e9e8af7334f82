using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

/// <summary>
/// Starts the model with an induction circuit (Olsson et al. 2022): two heads of the first layer look one and two tokens back, and a head of
/// the second attends to what followed the current token before, and copies it. Found by training alone it would take most of so short
/// a run, and a model that cannot pick the word out of a question cannot learn a single fact about it. Training changes all of it freely.
/// </summary>
internal static class InductionStart
{
    private const int ContentWidth = NanoShape.HeadSize - NanoShape.RotaryWidth;
    private const double PositionGain = 8;
    private const double MatchGain = 1.7;
    private const double WriteGain = 0.4;

    public static void Apply(NanoModel model)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var (token, written) = (Basis(ContentWidth), Basis(ContentWidth));
        MakeConstant(model);
        LookBack(model, head: 0, distance: 1, token, written);
        LookBack(model, head: 1, distance: 2, Basis(ContentWidth), Basis(ContentWidth));

        var copied = Basis(NanoShape.HeadSize);
        Rows(model, 1, "q_proj", 0).zero_().narrow(0, NanoShape.RotaryWidth, ContentWidth).copy_(token * MatchGain);
        Rows(model, 1, "k_proj", 0).zero_().narrow(0, NanoShape.RotaryWidth, ContentWidth).copy_(written * MatchGain);
        Rows(model, 1, "v_proj", 0).copy_(copied);
        Columns(model, 1, 0, NanoShape.HeadSize).copy_(copied.t() * WriteGain);
    }

    /// <summary>Makes the first dimension of the first norm always 1, so that a query can be about position alone.</summary>
    private static void MakeConstant(NanoModel model)
    {
        const string Norm = "model.layers.0.input_layernorm";
        model.get_parameter($"{Norm}.weight")![0].zero_();
        model.get_parameter($"{Norm}.bias")![0].fill_(1);
    }

    /// <summary>Queries and keys are constants whose rotations agree at one distance; the value is the token there, written elsewhere.</summary>
    private static void LookBack(NanoModel model, int head, int distance, Tensor token, Tensor written)
    {
        const int Half = NanoShape.RotaryWidth / 2;
        var (query, key) = (Rows(model, 0, "q_proj", head).zero_(), Rows(model, 0, "k_proj", head).zero_());
        for (var i = 0; i < Half / 2; i++)
        {
            var angle = distance * Math.Pow(NanoShape.RopeTheta, -(double)i / Half);
            key[i, 0].fill_(PositionGain);
            query[i, 0].fill_(PositionGain * Math.Cos(angle));
            query[i + Half, 0].fill_(-PositionGain * Math.Sin(angle));
        }

        Rows(model, 0, "v_proj", head).narrow(0, 0, ContentWidth).copy_(token);
        Columns(model, 0, head, ContentWidth).copy_(written.t() * WriteGain);
    }

    private static Tensor Rows(NanoModel model, int layer, string projection, int head) =>
        model.get_parameter($"model.layers.{layer}.self_attn.{projection}.weight")!.narrow(0, head * NanoShape.HeadSize, NanoShape.HeadSize);

    private static Tensor Columns(NanoModel model, int layer, int head, int width) =>
        model.get_parameter($"model.layers.{layer}.self_attn.o_proj.weight")!.narrow(1, head * NanoShape.HeadSize, width);

    /// <summary>Orthonormal rows.</summary>
    private static Tensor Basis(int rows) => init.orthogonal_(empty(rows, NanoShape.Hidden));
}
