using System.Text.Json;
using System.Text.RegularExpressions;

namespace GuardedZephyr.Modeling.Hub;

/// <summary>What a repository holds at one commit.</summary>
internal sealed partial record HubListing(string Commit, IReadOnlyList<HubFile> Files)
{
    private const int MaxFiles = 10_000;
    private static readonly string[] Needed = ["config.json", "tokenizer.json", "tokenizer_config.json"];
    private static readonly string[] Settings = ["config.json", "generation_config.json", "model.safetensors.index.json"];

    /// <summary>Reads the answer of /api/models/{repository}/revision/{revision}?blobs=true.</summary>
    /// <exception cref="HubException">It is another one.</exception>
    public static HubListing Parse(HubRepository repository, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var commit = document.RootElement.GetProperty("sha").GetString()!;
            var files = document.RootElement.GetProperty("siblings");
            if (!Sha1Pattern().IsMatch(commit) || files.GetArrayLength() > MaxFiles)
            {
                throw new FormatException("no commit, or too many files");
            }

            return new HubListing(commit, [.. files.EnumerateArray().Where(file => IsNeeded(file.GetProperty("rfilename").GetString()!)).Select(File)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HubException($"The hub's list of files of {repository} cannot be read ({e.Message.Split('\n')[0]}); check HF_ENDPOINT.", e);
        }
    }

    /// <exception cref="HubException">An export would lack something.</exception>
    public void Require(HubRepository repository)
    {
        foreach (var name in Needed.Where(name => Files.All(file => file.Name != name)))
        {
            throw new HubException($"{repository} has no {name}, which an export needs; it is no model of the transformers layout, or a revision that lacks it.");
        }

        if (!Files.Any(file => file.Name.EndsWith(".safetensors", StringComparison.Ordinal)))
        {
            throw new HubException($"{repository} has no *.safetensors, the only weights that are read here; look for a revision or a copy that has them.");
        }
    }

    /// <summary>What an export reads, from the top folder; weights in other forms are left.</summary>
    private static bool IsNeeded(string name) =>
        Settings.Contains(name) || (!name.Contains('/', StringComparison.Ordinal)
            && (name.StartsWith("tokenizer", StringComparison.Ordinal) || name.EndsWith(".safetensors", StringComparison.Ordinal)));

    private static HubFile File(JsonElement file)
    {
        var name = file.GetProperty("rfilename").GetString()!;
        if (!NamePattern().IsMatch(name))
        {
            throw new FormatException("a file's name is not a plain one");
        }

        if (file.TryGetProperty("lfs", out var large) && large.ValueKind == JsonValueKind.Object)
        {
            return new HubFile(name, Size(large), Match(Sha256Pattern(), large, "sha256"), null);
        }

        return new HubFile(name, Size(file), null, Match(Sha1Pattern(), file, "blobId"));
    }

    private static long Size(JsonElement element) => element.GetProperty("size").GetInt64() is var size and >= 0 ? size : throw new FormatException("a size is negative");

    private static string Match(Regex pattern, JsonElement element, string key) =>
        element.GetProperty(key).GetString() is { } text && pattern.IsMatch(text) ? text : throw new FormatException($"a {key} is not one");

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,199}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Sha1Pattern();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256Pattern();
}
