namespace GuardedZephyr.Guardrails;

/// <summary>
/// Which policy judges and where decisions are kept. A relative path is looked for under the working directory first, then beside the
/// application's binaries, where the project's own policies and models lie.
/// </summary>
public class GuardrailsOptions
{
    public PolicyOptions Policy { get; } = new();

    /// <summary>Further policies: paths of their files by the name under which requests and keys ask for them; upper and lower case are the same.</summary>
    public Dictionary<string, string> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ReloadOptions Reload { get; } = new();

    public AuditOptions Audit { get; } = new();

    public sealed class PolicyOptions
    {
        /// <summary>The policy that judges where no other is asked for, under the name <see cref="GuardPolicies.Default"/>.</summary>
        public string Path { get; set; } = "policies/standard.yaml";
    }

    public sealed class AuditOptions
    {
        /// <summary>SQLite file; its folder is created, and the key of its text hashes is kept beside it.</summary>
        public string Path { get; set; } = System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "GuardedZephyr", "audit.db");
    }
}
