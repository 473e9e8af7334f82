using GuardedZephyr.Guardrails;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GuardedZephyr.Service;

/// <summary>Exports traces and metrics over OTLP when a collector is configured. Logs stay on the console.</summary>
internal static class Telemetry
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "guardedzephyr";

    // Without it a caller's trace would end here: spans below a server span that nobody samples are not sampled.
    private const string ServerSource = "Microsoft.AspNetCore";
    private const string ServerMeter = "Microsoft.AspNetCore.Hosting";

    /// <exception cref="StartupException">The endpoint is no URL.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        var endpoint = options.Endpoint ?? builder.Configuration[EndpointVariable];
        if (string.IsNullOrWhiteSpace(endpoint))
        {
            return;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new StartupException(
                $"The telemetry endpoint '{endpoint}' is no http or https URL. Give one in {TelemetryOptions.Section}:Endpoint or {EndpointVariable}, such as http://127.0.0.1:4317.");
        }

        // The exporter reads this and the rest of OTEL_* from the configuration, environment variables among it.
        builder.Configuration[EndpointVariable] = endpoint;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName).AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(GuardedZephyrTelemetry.SourceName, GuardedZephyrTelemetry.ModelSourceName, ServerSource).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(GuardedZephyrTelemetry.MeterName, GuardedZephyrTelemetry.ModelSourceName, ServerMeter).AddOtlpExporter());
    }
}
