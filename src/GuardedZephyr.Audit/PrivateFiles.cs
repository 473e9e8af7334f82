using System.Diagnostics;

namespace GuardedZephyr.Audit;

/// <summary>Files and folders that only their owner may read (on Unix; elsewhere the folder's own rights hold).</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void CreateFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Makes an empty file if there is none.</summary>
    public static void Touch(string path)
    {
        using var file = new FileStream(path, Options(FileShare.ReadWrite | FileShare.Delete));
    }

    /// <summary>The file's content, drawn and written first if the file is missing or empty. Processes that ask at once all get what one of them wrote.</summary>
    /// <exception cref="IOException">The file cannot be read or made, or another process keeps it for itself for longer than <see cref="Patience"/>.</exception>
    public static byte[] ReadOrCreate(string path, Func<byte[]> draw)
    {
        var waited = Stopwatch.StartNew();
        var pause = new SpinWait();
        while (true)
        {
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: > 0 })
                {
                    return File.ReadAllBytes(path);
                }

                // The lock decides who writes: File.Move without overwriting looks first and renames later on Unix, so a second writer may replace the first one's file.
                using var file = new FileStream(path, Options(FileShare.None));
                if (file.Length == 0)
                {
                    file.Write(draw());
                    file.Flush(flushToDisk: true);
                }
            }
            catch (IOException) when (File.Exists(path) && waited.Elapsed < Patience)
            {
                pause.SpinOnce();
            }
        }
    }

    private static FileStreamOptions Options(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return options;
    }
}
