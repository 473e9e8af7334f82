using GuardedZephyr.Audit;
using GuardedZephyr.DirectML;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.SemanticKernel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.Extensions.DependencyInjection;

public static class GuardedZephyrServiceCollectionExtensions
{
    private const int DeviceLostExitCode = 3;

    /// <summary>
    /// Registers the guarded model as <see cref="IChatClient"/> and <see cref="IChatCompletionService"/>; there is no unguarded one to resolve.
    /// In a host it is loaded and warmed at start-up. Functions that a kernel lets the model call run outside of the guard, so that it judges their arguments and results.
    /// </summary>
    /// <param name="serviceId">Key of the registrations; none when null. Several, each under a key of its own, have models and policies of their own.</param>
    public static IServiceCollection AddGuardedZephyr(this IServiceCollection services, Action<GuardedZephyrOptions>? configure = null, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new GuardedZephyrOptions();
        configure?.Invoke(options);

        services.AddGuardrails(options, serviceId);
        services.AddKeyedSingleton(serviceId, (provider, key) => new GuardedZephyrRuntime(
            LoadEngine(provider, options),
            provider.GetRequiredKeyedService<GuardPolicies>(key),
            provider.GetRequiredKeyedService<SqliteAuditLog>(key)));
        services.AddKeyedSingleton(serviceId, (provider, key) =>
            provider.GetRequiredKeyedService<GuardedZephyrRuntime>(key).Client.AsBuilder().UseKernelFunctionInvocation().Build(provider));
        services.AddKeyedSingleton<IChatCompletionService>(serviceId, (provider, key) =>
            new GuardedChatCompletionService(provider.GetRequiredKeyedService<IChatClient>(key), provider, ZephyrPromptExecutionSettings.FromExecutionSettings));
        services.AddSingleton<IHostedService>(provider => new GuardedZephyrStartup(() => provider.GetRequiredKeyedService<GuardedZephyrRuntime>(serviceId)));

        return services;
    }

    private static DecodeEngine LoadEngine(IServiceProvider provider, GuardedZephyrOptions options)
    {
        var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        var model = ModelFolder.Load(AssetPath.Resolve(options.Model.Path));
        var selection = new DecoderSelection(provider.GetService<ILogger<DecoderSelection>>() ?? NullLogger<DecoderSelection>.Instance, time, () => Exit(provider));
        var openDecoder = selection.Choose(model, options.Model.Device, options.Model.OnDeviceLost);
        return DecodeEngine.Load(model, options.Engine, logger: provider.GetService<ILogger<DecodeEngine>>(), time: time, openDecoder: openDecoder);
    }

    /// <summary>Stops the host in an orderly way; a process without one ends at once.</summary>
    private static void Exit(IServiceProvider provider)
    {
        Environment.ExitCode = DeviceLostExitCode;
        if (provider.GetService<IHostApplicationLifetime>() is { } lifetime)
        {
            lifetime.StopApplication();
        }
        else
        {
            Environment.Exit(DeviceLostExitCode);
        }
    }
}
