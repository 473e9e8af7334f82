using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>The policies of this repository.</summary>
internal static class ShippedPolicies
{
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "policies");

    public static Policy Standard { get; } = PolicyFile.Load(Path.Combine(Folder, "standard.yaml"));

    public static PiiDetector Pii => Standard.Detectors.OfType<PiiDetector>().Single();

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GuardedZephyr.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder.FullName;
    }
}
