namespace GuardedZephyr.Guardrails;

/// <summary>Calls when the file system says that one of some files or folders has changed. It may miss changes; whoever must not miss any looks from time to time.</summary>
internal sealed class FileWatch(Action changed) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private HashSet<string> _paths = [];
    private bool _disposed;

    /// <summary>Watches these paths and no others.</summary>
    public void Watch(IEnumerable<string> paths)
    {
        HashSet<string> wanted = [.. paths];
        HashSet<string> folders = [.. wanted.Select(path => Directory.Exists(path) ? path : Path.GetDirectoryName(path)!)];
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            Volatile.Write(ref _paths, wanted);
            foreach (string gone in _watchers.Keys.Except(folders).ToArray())
            {
                _watchers.Remove(gone, out FileSystemWatcher? watcher);
                watcher!.Dispose();
            }

            foreach (string folder in folders.Where(folder => !_watchers.ContainsKey(folder)))
            {
                if (Start(folder) is { } watcher)
                {
                    _watchers.Add(folder, watcher);
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (FileSystemWatcher watcher in _watchers.Values)
            {
                watcher.Dispose();
            }

            _watchers.Clear();
        }
    }

    /// <returns>Null where the file system tells of nothing: the folder is missing, there are too many watchers, or it is a drive that cannot.</returns>
    private FileSystemWatcher? Start(string folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime };
            watcher.Changed += OnChanged;
            watcher.Created += OnChanged;
            watcher.Deleted += OnChanged;
            watcher.Renamed += (_, change) =>
            {
                Tell(change.OldFullPath);
                Tell(change.FullPath);
            };
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            return null;
        }
    }

    private void OnChanged(object sender, FileSystemEventArgs change) => Tell(change.FullPath);

    private void Tell(string path)
    {
        HashSet<string> paths = Volatile.Read(ref _paths);
        if (paths.Contains(path) || paths.Contains(Path.GetDirectoryName(path) ?? path))
        {
            changed();
        }
    }
}
