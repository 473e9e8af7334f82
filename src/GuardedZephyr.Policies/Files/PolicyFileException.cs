namespace GuardedZephyr.Policies;

/// <summary>A policy file cannot be used. The message lists every problem, so one edit can mend them all.</summary>
public sealed class PolicyFileException(string path, IReadOnlyList<string> errors)
    : Exception($"policy file '{path}' has {errors.Count} error(s):\n  - {string.Join("\n  - ", errors)}")
{
    public string Path { get; } = path;

    /// <summary>One line each: file, line, rule or recognizer, what is wrong and what would do.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
