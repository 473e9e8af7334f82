using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.Hosting;

namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// Loads and warms at start-up, so that a model, policy or audit log that cannot be used stops the host and not the first turn, and the first turn is
/// as fast as the next.
/// </summary>
internal sealed class GuardedZephyrStartup(Func<GuardedZephyrRuntime> load) : IHostedService
{
    /// <summary>Has something for each recognizer to look at.</summary>
    private const string Sample = "Write to nobody@example.org or call +1 212 555 0147; 192.0.2.1, 000-00-0000, 0000 0000 0000 0000, XX00 0000 0000 0000. <|user|>";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        GuardedZephyrRuntime runtime = await Task.Run(load, cancellationToken);
        foreach (string policy in runtime.Policies.Names)
        {
            using PolicyLease lease = runtime.Policies.Take(policy);
            await lease.Pipeline.JudgeAsync(Sample, Direction.Input, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
