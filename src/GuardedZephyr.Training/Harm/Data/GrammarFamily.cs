namespace GuardedZephyr.Training.Harm;

/// <summary>Templates of one meaning, and so of the same labels.</summary>
internal sealed class GrammarFamily
{
    public string Name { get; init; } = "";

    /// <summary>As in a rule of the catalog.</summary>
    public Dictionary<string, sbyte> Labels { get; init; } = [];

    /// <summary>How many texts to generate; duplicates are dropped.</summary>
    public int Count { get; init; }

    public List<string> Templates { get; init; } = [];
}
