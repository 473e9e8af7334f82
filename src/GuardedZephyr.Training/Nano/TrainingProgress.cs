namespace GuardedZephyr.Training.Nano;

internal sealed record TrainingProgress(int Step, int Steps);
