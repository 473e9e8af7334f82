using GuardedZephyr.Guardrails;
using GuardedZephyr.SemanticKernel;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

public static class GuardFilterExtensions
{
    /// <summary>
    /// Adds the guard's filters to the kernel, a second line behind guarded services: they judge prompts, replies and function calls of services that have no
    /// guard of their own, and what template functions bring into any prompt. They do not run where the kernel is not asked: on a direct call of an unguarded
    /// <c>IChatCompletionService</c>. Streamed prompts of such a service are refused.
    /// </summary>
    /// <param name="serviceId">Key of the <c>AddGuardedZephyr</c> or <c>AddGuardrails</c> whose policy judges.</param>
    public static IKernelBuilder AddGuardFilters(this IKernelBuilder builder, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGuardFilters(serviceId);
        return builder;
    }

    /// <inheritdoc cref="AddGuardFilters(IKernelBuilder, string?)"/>
    public static IServiceCollection AddGuardFilters(this IServiceCollection services, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IPromptRenderFilter>(provider => new GuardPromptFilter(Policies(provider)));
        services.AddSingleton<IFunctionInvocationFilter>(provider => new GuardFunctionFilter(Policies(provider)));
        services.AddSingleton<IAutoFunctionInvocationFilter>(provider => new GuardAutoFunctionFilter(Policies(provider)));
        return services;

        GuardPolicies Policies(IServiceProvider provider) => provider.GetRequiredKeyedService<GuardPolicies>(serviceId);
    }
}
