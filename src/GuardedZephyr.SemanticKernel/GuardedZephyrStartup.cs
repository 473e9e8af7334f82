using Microsoft.Extensions.Hosting;

namespace GuardedZephyr.SemanticKernel;

/// <summary>Loads at start-up, so that a model, policy or audit log that cannot be used stops the host and not the first turn.</summary>
internal sealed class GuardedZephyrStartup(Func<GuardedZephyrRuntime> load) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(load, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
