namespace GuardedZephyr.Training;

internal sealed record TrainingProgress(int Step, int Steps);
