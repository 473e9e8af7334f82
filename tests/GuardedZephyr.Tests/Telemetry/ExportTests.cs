using System.Collections.Concurrent;
using System.Text;
using GuardedZephyr.Service;
using GuardedZephyr.Tests.Guardrails;
using GuardedZephyr.Tests.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace GuardedZephyr.Tests.Telemetry;

/// <summary>The service sends its telemetry where it is told to, and nowhere unless it is.</summary>
public sealed class ExportTests
{
    private const string Canary = CanaryRequest.Canary;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_exported_unless_a_collector_is_configured()
    {
        await using WebApplication app = Build();

        Assert.Null(app.Services.GetService<TracerProvider>());
        Assert.Null(app.Services.GetService<MeterProvider>());
    }

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("/v1/traces")]
    public void An_endpoint_that_is_no_url_stops_the_start(string endpoint)
    {
        var exception = Assert.Throws<StartupException>(() => Build($"--GuardedZephyr:Telemetry:Endpoint={endpoint}"));

        Assert.Contains(endpoint, exception.Message, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GuardedZephyr:Telemetry:Endpoint")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task Traces_and_metrics_go_to_the_collector_without_a_text(string setting)
    {
        var received = new ConcurrentDictionary<string, string>();
        await using WebApplication collector = Collector(received);
        await collector.StartAsync(Cancellation);

        await using (WebApplication app = Build($"--{setting}={collector.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"))
        {
            await app.StartAsync(Cancellation);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using var body = new StringContent($$"""{"messages":[{"role":"user","content":"{{Canary}}"}],"stop":["{{Canary}}"]}""", Encoding.UTF8, "application/json");
            Assert.Contains(Canary, await (await http.PostAsync("/v1/chat/completions", body, Cancellation)).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            await app.StopAsync(Cancellation);
        }

        Assert.All(["guardedzephyr.turn", "guardedzephyr.outcome", "gen_ai.operation.name", "HttpRequestIn"], name => Assert.Contains(name, received["/v1/traces"], StringComparison.Ordinal));
        Assert.All(["guardedzephyr.decisions", "gen_ai.client.operation.duration", "http.server.request.duration"], name => Assert.Contains(name, received["/v1/metrics"], StringComparison.Ordinal));
        Assert.All(received.Values, sent => Assert.DoesNotContain(Canary, sent, StringComparison.Ordinal));
        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Keys.Order());
    }

    private static WebApplication Build(params string[] args)
    {
        IChatClient client = new ChatClientBuilder(new ContentChatClient(new TextContent($"It is {Canary}."))).UseGuardrails(new(Some.Policy(), Some.Detectors, new RecordingAuditLog(), Some.AuditKey)).UseModelTelemetry().Build();
        return ServiceHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=None", .. args], (services, _) => services.AddSingleton(RunningService.Serve(client)));
    }

    /// <summary>Takes whatever it is sent, by path, a byte a character.</summary>
    private static WebApplication Collector(ConcurrentDictionary<string, string> received)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(request.Path, Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
            return Results.Ok();
        });
        return app;
    }
}
