namespace GuardedZephyr.Classification;

/// <param name="Rows">Of sets and generated, in an epoch.</param>
internal sealed record TrainingDescription(string Command, int Seed, int Epochs, int Rows, string Network, long Parameters);
