namespace GuardedZephyr.Modeling;

/// <summary>A folder that appears under its final name only when it is complete; until then it is written beside it, and a failure leaves neither.</summary>
internal sealed class PartialFolder
{
    private readonly string _target;
    private readonly Func<string, long> _available;

    /// <param name="target">Must not exist, or be empty.</param>
    /// <param name="available">Bytes that are free where a folder is; null asks the disk.</param>
    /// <exception cref="IOException">The target exists.</exception>
    public PartialFolder(string target, Func<string, long>? available = null)
    {
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        _available = available ?? DiskSpace.Available;
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
        {
            throw new IOException($"The target '{_target}' exists already; delete it or give another.");
        }
    }

    /// <param name="bytes">That will be written.</param>
    /// <param name="write">Gets the folder to write to.</param>
    /// <exception cref="IOException">The disk has too little room, or the folder cannot be written.</exception>
    public void Write(long bytes, Action<string> write)
    {
        if (_available(_target) is var free && free < bytes)
        {
            throw new IOException($"'{_target}' needs {bytes} bytes, but only {free} are free on its disk; make room or give another folder.");
        }

        var partial = _target + ".partial";
        Delete(partial);
        try
        {
            Directory.CreateDirectory(partial);
            write(partial);
            Delete(_target);
            Directory.Move(partial, _target);
        }
        catch (IOException e) when (DiskSpace.IsFull(e))
        {
            throw new IOException($"The disk became full while '{_target}' was written, which needs {bytes} bytes; make room or give another folder.", e);
        }
        finally
        {
            Delete(partial);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
