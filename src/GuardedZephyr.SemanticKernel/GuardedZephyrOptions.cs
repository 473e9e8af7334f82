namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// Settings of <c>AddGuardedZephyr</c>; configuration section <c>GuardedZephyr</c>. A relative path is looked for under the working
/// directory first, then beside the application's binaries, where the embedded model and policies lie.
/// </summary>
public sealed class GuardedZephyrOptions
{
    public ModelOptions Model { get; } = new();

    public PolicyOptions Policy { get; } = new();

    public AuditOptions Audit { get; } = new();

    public sealed class ModelOptions
    {
        /// <summary>Model folder in onnxruntime-genai's layout. Default: the embedded demonstration model.</summary>
        public string Path { get; set; } = "models/zephyr-nano";
    }

    public sealed class PolicyOptions
    {
        public string Path { get; set; } = "policies/standard.yaml";
    }

    public sealed class AuditOptions
    {
        /// <summary>SQLite file; its folder is created, and the key of its text hashes is kept beside it.</summary>
        public string Path { get; set; } = System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "GuardedZephyr", "audit.db");
    }
}
