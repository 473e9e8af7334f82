namespace GuardedZephyr.Policies;

/// <param name="Line">Where it starts, from 1.</param>
internal abstract record YamlNode(int Line)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

internal sealed record YamlText(int Line, string Value) : YamlNode(Line)
{
    public override string Kind => "a single value";
}

internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line)
{
    public override string Kind => "a list";
}

internal sealed record YamlMap(int Line, IReadOnlyList<KeyValuePair<YamlText, YamlNode>> Entries) : YamlNode(Line)
{
    public override string Kind => "a mapping";
}
