namespace GuardedZephyr.Training.Nano;

internal sealed record TrainingSettings
{
    public required int Seed { get; init; }

    /// <summary>Null: as many as <see cref="Minutes"/> allow, measured on the first steps.</summary>
    public int? Steps { get; init; }

    public required double Minutes { get; init; }

    public required int Threads { get; init; }

    public required bool Resume { get; init; }
}
