using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

public static class GuardrailsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="GuardPolicies"/> and their <see cref="IAuditLog"/>, for <c>UseGuardrails</c> around any chat client. A policy, classifier or
    /// audit log that cannot be used is an exception when they are first resolved.
    /// </summary>
    /// <param name="serviceId">Key of the registrations; none when null.</param>
    public static IServiceCollection AddGuardrails(this IServiceCollection services, GuardrailsOptions? options = null, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        options ??= new GuardrailsOptions();

        services.AddKeyedSingleton(serviceId, (provider, _) => SqliteAuditLog.Open(options.Audit.Path, timeProvider: provider.GetService<TimeProvider>()));
        services.AddKeyedSingleton<IAuditLog>(serviceId, (provider, key) => provider.GetRequiredKeyedService<SqliteAuditLog>(key));
        services.AddKeyedSingleton(serviceId, (provider, key) => GuardPolicies.Load(
            options,
            provider.GetRequiredKeyedService<IAuditLog>(key),
            AuditKey.BesideDatabase(options.Audit.Path),
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));

        return services;
    }
}
