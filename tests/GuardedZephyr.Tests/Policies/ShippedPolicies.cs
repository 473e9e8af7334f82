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

    public static IReadOnlyList<string> PackNames { get; } =
        [.. Directory.GetFiles(Path.Combine(Folder, "pii"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The examples of a pack, without their marks.</summary>
    public static IReadOnlyList<string> ExampleTexts(string pack) =>
    [
        .. File.ReadLines(Path.Combine(Folder, "pii", $"{pack}.yaml"))
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("- '", StringComparison.Ordinal))
            .Select(line => line[3..].TrimEnd('\'').Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal)),
    ];

    /// <summary>The recognizers of some packs, and no others.</summary>
    public static PiiDetector Packs(params string[] names) =>
        new([.. names.SelectMany(name => RecognizerPack.Read(SourceFile.Read(Path.Combine(Folder, "pii", $"{name}.yaml"), $"pii/{name}.yaml"), isVerified: true))]);
}
