using System.Text.Json.Serialization;
using GuardedZephyr.Service.OpenAI;

namespace GuardedZephyr.Service;

/// <summary>Which parts are ready, and for people what is being served.</summary>
internal sealed record HealthReport(HealthReport.ModelPart Model, HealthReport.GuardPart Guard, HealthReport.AuditPart Audit)
{
    public const string Ok = "ok";

    public string Status => IsReady ? "ready" : "unready";

    [JsonIgnore]
    public bool IsReady => Model.Status == Ok && Guard.Status == Ok && Audit.Status == Ok;

    internal sealed record ModelPart(string Status, string Id);

    internal sealed record GuardPart(string Status, GuardInfo.PolicyInfo Policy);

    internal sealed record AuditPart(string Status);
}
