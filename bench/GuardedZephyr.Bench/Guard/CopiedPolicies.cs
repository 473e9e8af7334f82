namespace GuardedZephyr.Bench;

/// <summary>
/// The shipped policies in a folder of their own, and room for an audit log. The standard one also stands there without its cache; in either, rules that
/// stop a text only record, which takes the same work: the classifier finds harm in some of the random texts, and a turn that stops early measures nothing.
/// </summary>
internal sealed class CopiedPolicies : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zephyr-bench-").FullName;

    public CopiedPolicies()
    {
        string source = Path.Combine(RepositoryFolder.Root, "policies");
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, "policies", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string policy = ShadowMode(File.ReadAllText(Standard).ReplaceLineEndings("\n")).Replace("../models/", $"{Path.Combine(RepositoryFolder.Root, "models").Replace('\\', '/')}/", StringComparison.Ordinal);
        File.WriteAllText(Standard, policy);
        File.WriteAllText(Uncached, policy.Replace("\ndetectors:\n", "\ncache: { entries: 0 }\ndetectors:\n", StringComparison.Ordinal));
    }

    public string Standard => Path.Combine(_folder, "policies", "standard.yaml");

    public string Uncached => Path.Combine(_folder, "policies", "uncached.yaml");

    public string AuditLog => Path.Combine(_folder, "audit", "audit.db");

    private static string ShadowMode(string policy) => policy
        .Replace("    action: block\n", "    action: block\n    mode: shadow\n", StringComparison.Ordinal)
        .Replace("    action: respond\n", "    action: respond\n    mode: shadow\n", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
