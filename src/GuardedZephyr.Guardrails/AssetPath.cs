namespace GuardedZephyr.Guardrails;

/// <summary>Finds files and folders that travel with the application.</summary>
public static class AssetPath
{
    /// <returns>The full path; a relative one that exists nowhere is given under the working directory, for the error message to name.</returns>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string here = Path.GetFullPath(path);
        string beside = Path.GetFullPath(path, AppContext.BaseDirectory);
        return !Path.Exists(here) && Path.Exists(beside) ? beside : here;
    }
}
