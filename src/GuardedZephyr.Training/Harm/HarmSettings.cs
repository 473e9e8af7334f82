namespace GuardedZephyr.Training.Harm;

/// <param name="Checkpoint">File of trained weights: written after training; when it is there already, training is skipped.</param>
internal sealed record HarmSettings(string Data, string Output, int Seed, int Epochs, string? Checkpoint)
{
    public const int Buckets = 1 << 17;
    public const int Dimensions = 32;
    public const int Hidden = 64;
}
