namespace GuardedZephyr.Inference.Models;

/// <summary>Keeps a model to its folder: no file that it names may lie elsewhere, by its name or by a link.</summary>
internal static class FolderBoundary
{
    private const int MaxLinks = 40;

    /// <summary>A relative name with forward slashes that does not climb. What a drive or a stream is called on Windows is none anywhere.</summary>
    public static bool IsInnerName(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAny('\\', ':', '\0') && name.Split('/').All(part => part is not ("" or "." or ".."));

    /// <exception cref="ModelFolderException">It is missing, or what it leads to lies outside the folder.</exception>
    public static void Check(string folder, string path)
    {
        if (!File.Exists(path))
        {
            throw new ModelFolderException(path, "missing; a model folder needs it, so export or copy the model again");
        }

        var (root, real) = (Resolve(folder), Resolve(path));
        if (root is null || real is null || !real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ModelFolderException(path, "it is a link to a place outside the model folder; copy the file into the folder");
        }
    }

    /// <summary>The path without links in any of its parts; null where links go in circles.</summary>
    private static string? Resolve(string path)
    {
        var (real, links) = (Path.GetPathRoot(path)!, 0);
        var parts = new Stack<string>(Parts(path[real.Length..]).Reverse());
        while (parts.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                (real, target) = (Path.GetPathRoot(target)!, target[Path.GetPathRoot(target)!.Length..]);
            }

            foreach (var inner in Parts(target).Reverse())
            {
                parts.Push(inner);
            }
        }

        return real;
    }

    private static string[] Parts(string path) => [.. path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]).Where(part => part is not ("" or "."))];
}
