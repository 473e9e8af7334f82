using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>The policies of this repository.</summary>
internal static class ShippedPolicies
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "policies");

    public static Policy Standard { get; } = PolicyFile.Load(Path.Combine(Folder, "standard.yaml"));

    public static IReadOnlyList<Recognizer> Recognizers => Pii.Recognizers;

    public static PiiDetector Pii => Standard.Detectors.OfType<PiiDetector>().Single();
}
