namespace GuardedZephyr.Classification;

internal sealed record TrainingDescription(string Command, int Seed, int Epochs, int Rows, int Dimensions, int Hidden);
