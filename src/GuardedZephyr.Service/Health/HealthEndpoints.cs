using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Service.OpenAI;

namespace GuardedZephyr.Service;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("""{"status":"live"}""", "application/json"));
        app.MapGet("/health/ready", async (HttpContext context, Serving serving, ApiKeys keys, CancellationToken cancellationToken) =>
        {
            var report = await CheckAsync(serving, withErrors: !keys.AreRequired || ApiKeyMiddleware.Of(context) is not null, cancellationToken);
            context.Response.StatusCode = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsJsonAsync(report, OpenAIJson.Wire.HealthReport, cancellationToken: cancellationToken);
        });
    }

    private static async Task<HealthReport> CheckAsync(Serving serving, bool withErrors, CancellationToken cancellationToken) => new(
        new HealthReport.ModelPart(serving.IsWarm() ? HealthReport.Ok : "warming", serving.ModelId),
        CheckPolicies(serving.Policies(), withErrors),
        new HealthReport.AuditPart(await CheckAuditAsync(serving, cancellationToken)));

    private static HealthReport.GuardPart CheckPolicies(IReadOnlyList<PolicyStatus> policies, bool withErrors)
    {
        HealthReport.Fault[] faults =
        [
            .. policies.Where(policy => policy.Fault is not null).Select(policy => new HealthReport.Fault(policy.Name, policy.Fault!.Since, withErrors ? policy.Fault.Errors : null)),
        ];
        var current = GuardInfo.PolicyInfo.From(policies[0].Policy);
        return faults.Length == 0 ? new HealthReport.GuardPart(HealthReport.Ok, current) : new HealthReport.GuardPart(HealthReport.Degraded, current, faults);
    }

    private static async Task<string> CheckAuditAsync(Serving serving, CancellationToken cancellationToken)
    {
        try
        {
            await serving.CheckAuditAsync(cancellationToken);
            return HealthReport.Ok;
        }
        catch (AuditUnavailableException)
        {
            return "unavailable";
        }
    }
}
