using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuardedZephyr.Inference.Models;

/// <summary>
/// checksums.json: sizes and SHA-256 of a folder's files. The exporter writes it. Loading compares sizes, hashes of small files and samples of
/// large ones, which a copy that was cut off or mixed up with another model's fails.
/// </summary>
public sealed record FileIndex(IReadOnlyDictionary<string, FileIndex.Entry> Files)
{
    public const string FileName = "checksums.json";

    /// <summary>Bytes up to which a file is read whole when it is checked.</summary>
    private const long SmallFile = 16_000_000;
    private const int SampleCount = 64;
    private const int SampleLength = 4096;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="Sha256">Lower-case hexadecimal.</param>
    /// <param name="Sample">SHA-256 of 64 pieces of 4096 bytes, spread evenly from the first to the last; only of large files.</param>
    public sealed record Entry(long Size, string Sha256, string? Sample = null);

    /// <summary>Lists the files that are in the folder now and writes the index beside them.</summary>
    public static void Write(string folder)
    {
        var files = new SortedDictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Name != FileName))
        {
            using var stream = file.OpenRead();
            files.Add(file.Name, new Entry(file.Length, Whole(stream), file.Length > SmallFile ? Sample(stream) : null));
        }

        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(new FileIndex(files), Format) + "\n");
    }

    /// <summary>Reads every file to its end; a folder without an index passes.</summary>
    /// <returns>Whether there was an index.</returns>
    /// <exception cref="ModelFolderException">A listed file is missing or another one.</exception>
    public static bool Verify(string folder, CancellationToken cancellationToken = default) => Compare(folder, (stream, entry) =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Whole(stream) == entry.Sha256;
    });

    /// <summary>Takes milliseconds, whatever the size; a folder without an index passes.</summary>
    /// <exception cref="ModelFolderException">A listed file is missing or another one.</exception>
    internal static void Check(string folder) =>
        Compare(folder, (stream, entry) => stream.Length <= SmallFile ? Whole(stream) == entry.Sha256 : entry.Sample is null || Sample(stream) == entry.Sample);

    private static bool Compare(string folder, Func<FileStream, Entry, bool> isSame)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return false;
        }

        FolderBoundary.Check(folder, path);
        foreach (var (name, entry) in Read(path).Files)
        {
            if (!FolderBoundary.IsInnerName(name) || entry is not { Sha256: not null })
            {
                throw new ModelFolderException(path, "it lists something that is no file of the folder; export the model again, or delete it to skip the check");
            }

            var file = Path.Combine(folder, name);
            FolderBoundary.Check(folder, file);
            using var stream = File.OpenRead(file);
            if (stream.Length != entry.Size)
            {
                throw new ModelFolderException(file, $"{stream.Length} bytes where {FileName} says {entry.Size}; the copy is incomplete or changed, so copy or export the model again");
            }

            if (!isSame(stream, entry))
            {
                throw new ModelFolderException(file, $"its content is not what {FileName} says; it is damaged, changed or of another model, so copy or export the model again");
            }
        }

        return true;
    }

    private static FileIndex Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FileIndex>(BoundedFile.ReadAllBytes(path, BoundedFile.MaxSettings), Format) is { Files: not null } index
                ? index
                : throw new JsonException("no list of files");
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(path, "not a list of files with sizes; export the model again, or delete it to skip the check", e);
        }
    }

    private static string Whole(FileStream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));

    private static string Sample(FileStream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[SampleLength];
        for (var i = 0; i < SampleCount; i++)
        {
            stream.Position = (stream.Length - SampleLength) / (SampleCount - 1) * i;
            stream.ReadExactly(piece);
            hash.AppendData(piece);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
