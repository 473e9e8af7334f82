namespace GuardedZephyr.Modeling;

/// <summary>Finds out before the work, not after it, that a disk is too small.</summary>
internal static class DiskSpace
{
    private const int LinuxNoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <param name="folder">Need not exist yet.</param>
    /// <param name="available">Bytes that are free where a folder is; null for the real disk.</param>
    /// <exception cref="IOException">There is less than is needed.</exception>
    public static void Require(string folder, long bytes, Func<string, long>? available = null)
    {
        var free = (available ?? Available)(folder);
        if (free < bytes)
        {
            throw new IOException($"'{folder}' needs {bytes} bytes, but only {free} are free on its disk; make room or give another folder.");
        }
    }

    public static bool IsFull(IOException exception) => exception.HResult is LinuxNoSpace or WindowsDiskFull or WindowsHandleDiskFull;

    public static IOException Full(string folder, long bytes, IOException inner) =>
        new($"The disk became full while '{folder}' was written, which needs {bytes} bytes; make room or give another folder.", inner);

    private static long Available(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return new DriveInfo(existing).AvailableFreeSpace;
    }
}
