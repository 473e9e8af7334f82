namespace GuardedZephyr.Inference.Models;

/// <summary>A model folder cannot be used. The message is one line: which file, what is wrong with it, what to do.</summary>
public sealed class ModelFolderException(string path, string problem, Exception? inner = null)
    : Exception($"Model file '{path}': {problem}", inner)
{
    public string Path { get; } = path;
}
