using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GuardedZephyr.Audit;

namespace GuardedZephyr.Cli;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(CheckInput))]
[JsonSerializable(typeof(CheckError))]
[JsonSerializable(typeof(CheckResult))]
[JsonSerializable(typeof(ExplainReport))]
[JsonSerializable(typeof(ModelCheckReport))]
[JsonSerializable(typeof(KeyLine))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(PolicyDiffReport))]
[JsonSerializable(typeof(PolicySummary))]
[JsonSerializable(typeof(VectorResult))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>For lines that go out: letters of any script stand as they are.</summary>
    public static CliJson Lines { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
