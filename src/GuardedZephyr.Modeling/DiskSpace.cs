namespace GuardedZephyr.Modeling;

internal static class DiskSpace
{
    private const int LinuxNoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Bytes that are free on the disk of a folder, which need not exist yet.</summary>
    public static long Available(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return new DriveInfo(existing).AvailableFreeSpace;
    }

    /// <summary>Whether this is what writing to a full disk throws.</summary>
    public static bool IsFull(IOException exception) => exception.HResult is LinuxNoSpace or WindowsDiskFull or WindowsHandleDiskFull;
}
