using GuardedZephyr.Service.OpenAI;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace GuardedZephyr.Service;

internal static class ServiceHost
{
    public const string ConfigurationSection = "GuardedZephyr";
    public const string DefaultAddress = "http://127.0.0.1:5080";
    public const int MaxRequestBytes = 1024 * 1024;

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        [WebHostDefaults.ServerUrlsKey] = DefaultAddress,
        ["Logging:LogLevel:Default"] = "Warning",
        // What stops a start is said once, in one line, by the program itself.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel"] = "None",
    };

    /// <param name="compose">Registers the <see cref="Serving"/>.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection, IConfiguration> compose)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var keys = ApiKeys.Read(builder.Configuration);
        if (!keys.AreRequired)
        {
            // A page of another origin whose name was pointed at this machine has no key either, so only without keys it is kept out by its name.
            builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = LoopbackOnly.HostNames);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.ConfigureEndpointDefaults(listen => LoopbackOnly.Require(listen, keys));
        });

        builder.Services.AddSingleton(keys);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(builder.Configuration.GetSection($"{ConfigurationSection}:Service").Get<ServiceOptions>() ?? new ServiceOptions());
        builder.Services.AddOpenAI();
        builder.AddTelemetry();
        compose(builder.Services, builder.Configuration);

        var app = builder.Build();
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ApiErrorMiddleware>();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.MapOpenAI();
        app.MapHealth();
        app.MapPage();
        return app;
    }
}
