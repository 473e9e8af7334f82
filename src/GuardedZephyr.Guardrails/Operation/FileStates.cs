using System.Globalization;
using System.Security.Cryptography;

namespace GuardedZephyr.Guardrails;

/// <summary>What some files were like when they were looked at: by what is in them, or by size and time of the files of a folder (a model's).</summary>
internal sealed class FileStates
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Paths => _states.Keys;

    /// <summary>To be called before the file is read: what is written later shows in a comparison.</summary>
    public void Look(string path) => _states.TryAdd(path, StateOf(path));

    /// <summary>What the same files are like now.</summary>
    public FileStates Again()
    {
        var now = new FileStates();
        foreach (string path in _states.Keys)
        {
            now.Look(path);
        }

        return now;
    }

    public bool IsSameAs(FileStates other) =>
        _states.Count == other._states.Count && _states.All(state => other._states.TryGetValue(state.Key, out string? its) && its == state.Value);

    /// <summary>Takes over files that were not looked at here.</summary>
    public void AddFrom(FileStates other)
    {
        foreach ((string path, string state) in other._states)
        {
            _states.TryAdd(path, state);
        }
    }

    private static string StateOf(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                return Convert.ToHexString(SHA256.HashData(file));
            }

            IEnumerable<string> files = new DirectoryInfo(path).GetFiles()
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc.Ticks}"));
            return string.Join(' ', files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.GetType().Name;
        }
    }
}
