namespace GuardedZephyr.Inference.Models;

/// <summary>Reads the small files of a model folder, whose size is somebody else's choice.</summary>
internal static class BoundedFile
{
    /// <summary>Bytes that a file of settings has at most; the real ones have a few thousand.</summary>
    public const long MaxSettings = 4_000_000;

    /// <summary>Levels of nesting that a JSON file has at most.</summary>
    public const int MaxDepth = 32;

    /// <exception cref="ModelFolderException">It is missing, unreadable or longer than the limit.</exception>
    public static byte[] ReadAllBytes(string path, long limit)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > limit)
            {
                throw new ModelFolderException(path, $"{stream.Length} bytes, where at most {limit} make sense; take the file from the model's repository again");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFolderException(path, "missing; a model folder needs it, so export or copy the model again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(path, "unreadable; check its permissions", e);
        }
    }
}
