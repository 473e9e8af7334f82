using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>The policies of this repository.</summary>
internal static class ShippedPolicies
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "policies");

    public static Policy Standard { get; } = PolicyFile.Load(Path.Combine(Folder, "standard.yaml"));

    /// <summary>Of all packs, whether or not the standard policy has a rule for what they find.</summary>
    public static IReadOnlyList<Recognizer> Recognizers => Pii.Recognizers;

    public static PiiDetector Pii { get; } = new([.. Standard.Detectors.OfType<PiiDetector>().Single().Recognizers, .. Standard.Unasked.Recognizers]);

    /// <summary>The recognizers of some packs, and no others.</summary>
    public static PiiDetector Packs(params string[] names) =>
        new([.. names.SelectMany(name => RecognizerPack.Read(SourceFile.Read(Path.Combine(Folder, "pii", $"{name}.yaml"), $"pii/{name}.yaml")))]);
}
