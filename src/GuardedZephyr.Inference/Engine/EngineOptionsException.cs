namespace GuardedZephyr.Inference.Engine;

/// <summary>The engine cannot start with a setting. The message is one line: which, what is wrong with it, what to do.</summary>
public sealed class EngineOptionsException(string setting, string problem) : Exception($"Engine setting '{setting}' {problem}.")
{
    public string Setting { get; } = setting;
}
