namespace GuardedZephyr.Training.Nano;

/// <summary>Sizes of the model: StableLM Zephyr's architecture, scaled down to about three million parameters.</summary>
internal static class NanoShape
{
    public const int Merges = 2302;
    public const int Hidden = 192;
    public const int Intermediate = 512;
    public const int Layers = 4;
    public const int Heads = 3;
    public const int HeadSize = Hidden / Heads;
    public const int RotaryWidth = HeadSize / 4;
    public const int Context = 1024;
    public const double RopeTheta = 10000;
    public const double Epsilon = 1e-5;
}
