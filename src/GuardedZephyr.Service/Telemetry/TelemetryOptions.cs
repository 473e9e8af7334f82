namespace GuardedZephyr.Service;

/// <summary>Settings of telemetry; configuration section <c>GuardedZephyr:Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = $"{ServiceHost.ConfigurationSection}:Telemetry";

    /// <summary>Where an OpenTelemetry collector listens, such as http://127.0.0.1:4317. When null, what <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without either nothing is exported.</summary>
    public string? Endpoint { get; set; }
}
