using System.Text.Json.Serialization;
using GuardedZephyr.Service.OpenAI;

namespace GuardedZephyr.Service;

/// <summary>Which parts are ready, and for people what is being served.</summary>
/// <remarks>A policy whose files have changed and cannot be used makes the guard <c>degraded</c>: the last good edition judges, so the service is ready.</remarks>
internal sealed record HealthReport(HealthReport.ModelPart Model, HealthReport.GuardPart Guard, HealthReport.AuditPart Audit)
{
    public const string Ok = "ok";

    public const string Degraded = "degraded";

    public string Status => !IsReady ? "unready" : Guard.Status == Degraded ? Degraded : "ready";

    [JsonIgnore]
    public bool IsReady => Model.Status == Ok && Guard.Status is Ok or Degraded && Audit.Status == Ok;

    internal sealed record ModelPart(string Status, string Id);

    /// <param name="Faults">Absent when there are none.</param>
    internal sealed record GuardPart(
        string Status, GuardInfo.PolicyInfo Policy, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Fault>? Faults = null);

    /// <summary>Files of a policy cannot be used.</summary>
    /// <param name="Since">When that was found.</param>
    /// <param name="Errors">With file, line and rule; absent for whoever has no key where keys are asked for.</param>
    internal sealed record Fault(string Policy, DateTimeOffset Since, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Errors);

    internal sealed record AuditPart(string Status);
}
