using GuardedZephyr.Audit;
using GuardedZephyr.Service.OpenAI;

namespace GuardedZephyr.Service;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("""{"status":"live"}""", "application/json"));
        app.MapGet("/health/ready", async (HttpContext context, Serving serving, CancellationToken cancellationToken) =>
        {
            var report = await CheckAsync(serving, cancellationToken);
            context.Response.StatusCode = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsJsonAsync(report, OpenAIJson.Wire.HealthReport, cancellationToken: cancellationToken);
        });
    }

    private static async Task<HealthReport> CheckAsync(Serving serving, CancellationToken cancellationToken) => new(
        new HealthReport.ModelPart(serving.IsWarm() ? HealthReport.Ok : "warming", serving.ModelId),
        new HealthReport.GuardPart(HealthReport.Ok, GuardInfo.PolicyInfo.From(serving.Policy)),
        new HealthReport.AuditPart(await CheckAuditAsync(serving, cancellationToken)));

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
