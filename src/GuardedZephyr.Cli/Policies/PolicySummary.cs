using System.Globalization;
using System.Text.Json.Serialization;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>What a policy file came to: the numbers of what it holds, or its errors.</summary>
internal sealed record PolicySummary
{
    public required string File { get; init; }

    [JsonPropertyName("valid")]
    public bool IsValid => Errors.Count == 0;

    public string? Name { get; init; }

    public int? Version { get; init; }

    public string? Sha256 { get; init; }

    public int? Packs { get; init; }

    public int? Recognizers { get; init; }

    public int? Rules { get; init; }

    public int? Entities { get; init; }

    public IReadOnlyList<string> Errors { get; init; } = [];

    public static PolicySummary Of(string file, Policy policy)
    {
        PiiDetector[] pii = [.. policy.Detectors.OfType<PiiDetector>(), policy.Unasked];
        return new PolicySummary
        {
            File = file,
            Name = policy.Identity.Name,
            Version = policy.Identity.Version,
            Sha256 = policy.Identity.Sha256,
            Packs = policy.Files.Count(name => name.StartsWith("pii/", StringComparison.Ordinal)),
            Recognizers = pii.Sum(detector => detector.RecognizerCount),
            Rules = policy.RuleIds.Count,
            Entities = pii.Sum(detector => detector.Entities.Count),
        };
    }

    public static PolicySummary Broken(string file, IReadOnlyList<string> errors) => new() { File = file, Errors = errors };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{File}: {Name} v{Version}, sha256 {Sha256}, packs: {Packs}, recognizers: {Recognizers}, rules: {Rules}, entities: {Entities}");
}
