using System.Security.Cryptography;
using System.Text.Json;

namespace GuardedZephyr.Inference.Models;

/// <summary>checksums.json: sizes and SHA-256 of a folder's files. The exporter writes it; loading checks the sizes, which a cut-off copy fails.</summary>
public sealed record FileIndex(IReadOnlyDictionary<string, FileIndex.Entry> Files)
{
    public const string FileName = "checksums.json";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <param name="Sha256">Lower-case hexadecimal.</param>
    public sealed record Entry(long Size, string Sha256);

    /// <summary>Lists the files that are in the folder now and writes the index beside them.</summary>
    public static void Write(string folder)
    {
        var files = new SortedDictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Name != FileName))
        {
            using var stream = file.OpenRead();
            files.Add(file.Name, new Entry(file.Length, Convert.ToHexStringLower(SHA256.HashData(stream))));
        }

        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(new FileIndex(files), Format) + "\n");
    }

    /// <summary>Compares sizes; a folder without an index passes.</summary>
    /// <exception cref="ModelFolderException">A listed file is missing or has another size.</exception>
    internal static void Check(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return;
        }

        foreach (var (name, entry) in Read(path).Files)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (name != Path.GetFileName(name) || !file.Exists)
            {
                throw new ModelFolderException(file.FullName, $"missing, but {FileName} lists it; copy or export the model again");
            }

            if (file.Length != entry.Size)
            {
                throw new ModelFolderException(file.FullName, $"{file.Length} bytes where {FileName} says {entry.Size}; the copy is incomplete or changed, so copy or export the model again");
            }
        }
    }

    private static FileIndex Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FileIndex>(File.ReadAllBytes(path), Format) is { Files: not null } index
                ? index
                : throw new JsonException("no list of files");
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(path, "not a list of files with sizes; export the model again, or delete it to skip the check", e);
        }
    }
}
