using System.Diagnostics;

namespace GuardedZephyr.Guardrails;

/// <summary>One turn as a span, with what the <see cref="GuardReport"/> says of it. Costs nothing while nobody listens.</summary>
internal sealed class TurnSpan : IDisposable
{
    private const string Name = "guardedzephyr.turn";

    private static readonly ActivitySource Source = new(GuardedZephyrTelemetry.SourceName);

    private readonly GuardedTurn _turn;
    private readonly Activity? _activity;

    public TurnSpan(GuardedTurn turn)
    {
        _turn = turn;
        _activity = Source.StartActivity(Name);
    }

    /// <summary>Makes the span the current one again: an iterator that is asked for its next item runs under its caller's.</summary>
    public void Resume()
    {
        if (_activity is not null)
        {
            Activity.Current = _activity;
        }
    }

    public void Dispose()
    {
        if (_activity is { IsAllDataRequested: true })
        {
            Describe(_activity, _turn.Report());
        }

        _activity?.Dispose();
    }

    private void Describe(Activity activity, GuardReport report)
    {
        activity.SetTag("guardedzephyr.turn.id", report.Turn);
        activity.SetTag("guardedzephyr.outcome", _turn.IsComplete ? Names.Of(report.Outcome) : Names.Aborted);
        activity.SetTag("guardedzephyr.action", Names.Of(report.Action));
        activity.SetTag("guardedzephyr.rules", report.Rules.ToArray());
        activity.SetTag("guardedzephyr.policy.name", report.Policy.Name);
        activity.SetTag("guardedzephyr.policy.version", report.Policy.Version);
        activity.SetTag("guardedzephyr.policy.sha256", report.Policy.Sha256);
        activity.SetTag("guardedzephyr.detectors.failed", report.FailedDetectors.ToArray());
        activity.SetTag("guardedzephyr.detectors.skipped", report.SkippedDetectors.ToArray());
        activity.SetTag("guardedzephyr.retries", report.Retries);
        activity.SetTag("guardedzephyr.blocked_at", report.BlockedAt is { } part ? Names.Of(part) : null);
        activity.SetTag("guardedzephyr.guard.duration", report.GuardTime.TotalSeconds);
        foreach ((string category, int count) in report.Findings.CountBy(found => found.Finding.Category))
        {
            activity.SetTag($"guardedzephyr.findings.{category}", count);
        }

        if (_turn.IsUnrecorded)
        {
            activity.SetStatus(ActivityStatusCode.Error, "audit unavailable");
        }
    }
}
