using GuardedZephyr.EndToEnd.Tests;
using GuardedZephyr.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

namespace GuardedZephyr.EndToEnd.Tests;

/// <summary>The service as it is configured by default, with the embedded model, on a free port; every test shares it.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly Scratch _scratch = new();
    private readonly CapturedLogs _logs = new();
    private WebApplication? _app;

    public HttpClient Http { get; } = new();

    public string AuditPath => _scratch.PathOf("audit", "audit.db");

    public string Logs => _logs.Text;

    public async ValueTask InitializeAsync()
    {
        _app = await StartAsync(AuditPath, _logs, Composition.Add);
        Http.BaseAddress = new Uri(_app.Urls.Single());
    }

    internal static async Task<WebApplication> StartAsync(string auditPath, ILoggerProvider logs, Action<IServiceCollection, IConfiguration> compose)
    {
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--GuardedZephyr:Audit:Path", auditPath,
            "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft", "Trace", "--Logging:LogLevel:System", "Trace", "--Logging:Console:LogLevel:Default", "None",
            "--Logging:Console:LogLevel:Microsoft", "None", "--Logging:Console:LogLevel:System", "None",
        ];
        var app = ServiceHost.Build(args, (services, configuration) =>
        {
            compose(services, configuration);
            services.AddSingleton(logs);
        });
        await app.StartAsync();
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _scratch.Dispose();
    }
}
