using GuardedZephyr.SemanticKernel;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

public static class GuardedZephyrKernelBuilderExtensions
{
    /// <summary>Gives the kernel the guarded model as its chat completion service and chat client.</summary>
    /// <param name="serviceId">Key of the registrations, for kernels with several models; none when null.</param>
    public static IKernelBuilder AddGuardedZephyr(this IKernelBuilder builder, Action<GuardedZephyrOptions>? configure = null, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGuardedZephyr(configure, serviceId);
        return builder;
    }
}
