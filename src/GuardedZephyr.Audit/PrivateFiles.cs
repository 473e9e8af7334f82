namespace GuardedZephyr.Audit;

/// <summary>Files and folders that only their owner may read (on Unix; elsewhere the folder's own rights hold).</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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
        using var file = new FileStream(path, Options(FileMode.OpenOrCreate));
    }

    /// <summary>Makes the file with this content, whole or not at all; a file that another process made first stays.</summary>
    public static void CreateOnce(string path, byte[] content)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        using (var file = new FileStream(temporary, Options(FileMode.CreateNew)))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return options;
    }
}
