namespace GuardedZephyr.Policies;

/// <summary>The files of one policy while it is read.</summary>
/// <param name="directory">Of the policy file: what paths in it are relative to.</param>
/// <param name="looking">Told of every path before it is read, also of files that are missing or no part of the digest.</param>
internal sealed class PolicySources(string directory, Action<string>? looking)
{
    private readonly List<SourceFile> _files = [];

    public string Directory => directory;

    /// <summary>Those that the policy is made of, in the order of its digest.</summary>
    public IReadOnlyList<SourceFile> Files => _files;

    /// <param name="path">Relative to the directory.</param>
    /// <param name="name">As it stands in messages; the path when null.</param>
    public SourceFile Read(string path, string? name = null)
    {
        var fullPath = Path.GetFullPath(path, directory);
        looking?.Invoke(fullPath);
        return SourceFile.Read(fullPath, name ?? path);
    }

    public void Add(SourceFile file) => _files.Add(file);

    /// <summary>Reads a file that the policy names and makes it part of the digest.</summary>
    /// <returns>Null when it cannot be read, which is an error of the reader's file.</returns>
    public SourceFile? Include(MapReader reader, int line, string path, string what)
    {
        var file = Read(path);
        if (file.Text is null)
        {
            reader.Error(line, $"{what}: {file.Errors.First()}");
            return null;
        }

        Add(file);
        return file;
    }
}
