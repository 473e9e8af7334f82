namespace GuardedZephyr.Training.Nano.Lessons;

internal sealed class LessonEntry
{
    public string Name { get; init; } = "";

    /// <summary>How often the lesson comes up, relative to the others.</summary>
    public double Weight { get; init; } = 1;

    public List<string> Ask { get; init; } = [];

    /// <summary>Phrasings that training never sees; accuracy is reported on them.</summary>
    public List<string> HeldOut { get; init; } = [];

    public List<string> Say { get; init; } = [];

    /// <summary>{key} and its values {1}, {2} ...; empty for a lesson of fixed sentences.</summary>
    public Dictionary<string, List<string>> Items { get; init; } = [];

    /// <summary>Name of a generator in <see cref="GeneratedItems"/>, instead of items.</summary>
    public string? Generate { get; init; }
}
