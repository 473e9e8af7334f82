using System.Text.Json.Serialization;

namespace GuardedZephyr.Audit;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<AuditFinding>))]
internal sealed partial class AuditJson : JsonSerializerContext;
