namespace GuardedZephyr.Training.Harm;

/// <param name="FalsePositiveRate">Of each label, on harmless development prompts, at a score of 0.5.</param>
internal sealed record HarmSettings(string Data, string Output, int Seed, int Epochs, double FalsePositiveRate)
{
    public const int Buckets = 1 << 17;
    public const int Dimensions = 32;
    public const int Hidden = 64;
}
