namespace GuardedZephyr.Guardrails;

/// <summary>Names under which a host collects what the guard and the model tell about themselves: numbers, names and ids, never a text.</summary>
public static class GuardedZephyrTelemetry
{
    /// <summary>The activity source of the guard's spans, one a turn.</summary>
    public const string SourceName = "GuardedZephyr";

    /// <summary>The meter of the guard's instruments, all named <c>guardedzephyr.*</c>.</summary>
    public const string MeterName = "GuardedZephyr";

    /// <summary>Source and meter of <c>UseModelTelemetry</c>: the names that Microsoft.Extensions.AI gives its own.</summary>
    public const string ModelSourceName = "Experimental.Microsoft.Extensions.AI";
}
