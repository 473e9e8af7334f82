namespace GuardedZephyr.Policies;

/// <summary>A text by which a policy's author shows what the policy does.</summary>
public sealed record PolicyVector
{
    public required string Name { get; init; }

    /// <summary>Where it stands in its file, from 1.</summary>
    public required int Line { get; init; }

    public required string Text { get; init; }

    public required Direction Direction { get; init; }

    public required VectorExpectation Expected { get; init; }
}
