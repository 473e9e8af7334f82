using System.IO.Compression;
using System.Text.Json;

namespace GuardedZephyr.Bench;

/// <summary>One line of a data set.</summary>
/// <param name="Number">Of the line in its file, from 0.</param>
internal sealed record DataRow(int Number, string Text, JsonElement Labels);

/// <summary>The sets of text that measuring needs and the repository does not hold.</summary>
internal sealed class DataFolder(DirectoryInfo folder)
{
    /// <summary>Folder whose licence forbids more than studying and measuring.</summary>
    public const string DevOnly = "dev-only";

    /// <exception cref="FileNotFoundException">The folder has no such set.</exception>
    public IEnumerable<DataRow> Read(string set)
    {
        using var file = File.OpenRead(PathOf(set));
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        for (var number = 0; lines.ReadLine() is { } line; number++)
        {
            var row = JsonSerializer.Deserialize<JsonElement>(line);
            yield return new DataRow(number, row.GetProperty("text").GetString()!, row.GetProperty("labels"));
        }
    }

    private string PathOf(string set) => new[] { "train", DevOnly }
        .Select(part => Path.Combine(folder.FullName, part, $"{set}.jsonl.gz"))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"There is no set '{set}' in '{folder.FullName}': --data takes the folder that holds train/ and {DevOnly}/.");
}
