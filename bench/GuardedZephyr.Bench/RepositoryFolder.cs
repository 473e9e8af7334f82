namespace GuardedZephyr.Bench;

/// <summary>The working copy that this program was built in.</summary>
internal static class RepositoryFolder
{
    private const string Mark = "GuardedZephyr.sln";

    public static string Root { get; } = Around(AppContext.BaseDirectory) ?? throw new DirectoryNotFoundException($"The bench runs from its working copy: no folder above it holds {Mark}.");

    /// <summary>The working copy that a path lies in, this one or another; null when it lies in none.</summary>
    public static string? Around(string path)
    {
        var folder = Path.GetFullPath(path);
        while (folder is not null && !File.Exists(Path.Combine(folder, Mark)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
