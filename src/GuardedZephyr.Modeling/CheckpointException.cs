namespace GuardedZephyr.Modeling;

/// <summary>A Hugging Face checkpoint cannot be used. The message is one line: which file, what is wrong with it, what to do.</summary>
public sealed class CheckpointException(string path, string problem, Exception? inner = null)
    : Exception($"Checkpoint file '{path}': {problem}", inner)
{
    public string Path { get; } = path;
}
