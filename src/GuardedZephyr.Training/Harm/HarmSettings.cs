namespace GuardedZephyr.Training.Harm;

/// <param name="Networks">The networks to train; the best is published.</param>
/// <param name="Checkpoints">Folder of trained weights, one file a network: a network whose file is there is not trained again.</param>
internal sealed record HarmSettings(string Data, string Output, int Seed, int Epochs, IReadOnlyList<string> Networks, string Checkpoints)
{
    public const int Buckets = 1 << 17;
    public const int Hidden = 128;
}
