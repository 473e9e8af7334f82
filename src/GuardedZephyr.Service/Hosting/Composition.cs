using GuardedZephyr.SemanticKernel;

namespace GuardedZephyr.Service;

/// <summary>What the service serves by its configuration.</summary>
internal static class Composition
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddGuardedZephyr(options => configuration.GetSection(ServiceHost.ConfigurationSection).Bind(options));
        services.AddSingleton(provider =>
        {
            var runtime = provider.GetRequiredService<GuardedZephyrRuntime>();
            return new Serving
            {
                Client = runtime.Client,
                Clients = runtime.Policies.Names.ToDictionary(name => name, runtime.ClientOf, StringComparer.OrdinalIgnoreCase),
                ModelId = runtime.ModelId,
                Policies = () => runtime.Policies.Status,
                AuditPath = runtime.AuditPath,
                IsWarm = () => runtime.Engine.IsReady,
                CheckAuditAsync = runtime.CheckAuditAsync,
            };
        });
    }
}
