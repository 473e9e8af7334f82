using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

internal sealed class StableLmMlp : Module<Tensor, Tensor>
{
    private readonly Linear gate_proj = Linear(NanoShape.Hidden, NanoShape.Intermediate, hasBias: false);
    private readonly Linear up_proj = Linear(NanoShape.Hidden, NanoShape.Intermediate, hasBias: false);
    private readonly Linear down_proj = Linear(NanoShape.Intermediate, NanoShape.Hidden, hasBias: false);

    public StableLmMlp() : base(nameof(StableLmMlp)) => RegisterComponents();

    public override Tensor forward(Tensor hidden) =>
        down_proj.forward(functional.silu(gate_proj.forward(hidden)) * up_proj.forward(hidden));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gate_proj.Dispose();
            up_proj.Dispose();
            down_proj.Dispose();
        }

        base.Dispose(disposing);
    }
}
