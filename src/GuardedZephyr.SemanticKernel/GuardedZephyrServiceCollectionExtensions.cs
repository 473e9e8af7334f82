using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.SemanticKernel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.Extensions.DependencyInjection;

public static class GuardedZephyrServiceCollectionExtensions
{
    /// <summary>
    /// Registers the guarded model as <see cref="IChatClient"/> and <see cref="IChatCompletionService"/>; there is no unguarded one to resolve.
    /// In a host it is loaded and warmed at start-up.
    /// </summary>
    /// <param name="serviceId">Key of the registrations; none when null.</param>
    public static IServiceCollection AddGuardedZephyr(this IServiceCollection services, Action<GuardedZephyrOptions>? configure = null, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new GuardedZephyrOptions();
        configure?.Invoke(options);

        services.AddGuardrails(options, serviceId);
        services.AddKeyedSingleton(serviceId, (provider, key) => new GuardedZephyrRuntime(
            DecodeEngine.Load(ModelFolder.Load(AssetPath.Resolve(options.Model.Path)), options.Engine, logger: provider.GetService<ILogger<DecodeEngine>>(), time: provider.GetService<TimeProvider>()),
            provider.GetRequiredKeyedService<GuardPipeline>(key),
            provider.GetRequiredKeyedService<SqliteAuditLog>(key)));
        services.AddKeyedSingleton(serviceId, (provider, key) => provider.GetRequiredKeyedService<GuardedZephyrRuntime>(key).Client);
        services.AddKeyedSingleton(serviceId, (provider, key) => provider.GetRequiredKeyedService<IChatClient>(key).AsChatCompletionService(provider));
        services.AddSingleton<IHostedService>(provider => new GuardedZephyrStartup(() => provider.GetRequiredKeyedService<GuardedZephyrRuntime>(serviceId)));

        return services;
    }
}
