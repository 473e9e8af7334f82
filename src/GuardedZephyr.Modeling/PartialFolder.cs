namespace GuardedZephyr.Modeling;

/// <summary>A folder that is written under a name beside the final one and renamed when complete; disposed before that, nothing is left.</summary>
internal sealed class PartialFolder : IDisposable
{
    private readonly string _target;

    /// <param name="target">Must not exist, or be empty.</param>
    /// <exception cref="IOException">The target exists.</exception>
    public PartialFolder(string target)
    {
        _target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(target));
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
        {
            throw new IOException($"The target '{_target}' exists already; delete it or give another.");
        }

        Path = _target + ".partial";
    }

    public string Path { get; }

    public void Create()
    {
        Delete(Path);
        Directory.CreateDirectory(Path);
    }

    public void Complete()
    {
        Delete(_target);
        Directory.Move(Path, _target);
    }

    public void Dispose() => Delete(Path);

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
