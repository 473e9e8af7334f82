using System.Diagnostics.Metrics;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>Counts of policies in operation, of the guard's meter.</summary>
internal static class PolicyMetrics
{
    private static readonly Meter Meter = new(GuardedZephyrTelemetry.MeterName);

    private static readonly Counter<long> Shadows = Meter.CreateCounter<long>(
        "guardedzephyr.policy.shadow.decisions", "{decision}", "Decisions of policies with shadow rules, by whether the outcome would be the same with these enforced (agrees)");

    private static readonly Counter<long> ShadowRules = Meter.CreateCounter<long>("guardedzephyr.policy.shadow.matches", "{decision}", "Decisions in which a shadow rule matched, by rule");

    private static readonly Counter<long> Reloads = Meter.CreateCounter<long>("guardedzephyr.policy.reloads", "{reload}", "Changes of a policy's files, by result: ok, kept (the last good edition)");

    public static void Decided(Policy policy, Verdict verdict)
    {
        if (!policy.HasShadowRules)
        {
            return;
        }

        bool agrees = verdict.Shadow is null || (verdict.Shadow.Outcome == verdict.Outcome && verdict.Shadow.Action == verdict.Action);
        KeyValuePair<string, object?> name = new("policy", policy.Identity.Name);
        Shadows.Add(1, name, new("agrees", agrees));
        foreach (string rule in verdict.ShadowRules)
        {
            ShadowRules.Add(1, name, new("rule", rule));
        }
    }

    public static void Reloaded(string policy, bool succeeded) => Reloads.Add(1, new("policy", policy), new("result", succeeded ? "ok" : "kept"));
}
