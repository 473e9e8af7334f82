using System.Net;
using System.Text;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Service;
using GuardedZephyr.Tests.Guardrails;
using GuardedZephyr.Tests.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using FailingChatClient = GuardedZephyr.Tests.Service.ScriptedChatClient;

namespace GuardedZephyr.Tests.Telemetry;

/// <summary>Whatever is sent to the service, no text of it is in anything that the process emits, with all logs on.</summary>
public sealed class ServiceCanaryTests
{
    private const string Canary = CanaryRequest.Canary;
    private const string Asked = $"Hello {Canary}, write to {Canary}@example.com.";

    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, HttpStatusCode> BadRequests => new()
    {
        { $$"""{"messages":[{"role":"{{Canary}}","content":"a"}]}""", HttpStatusCode.BadRequest },
        { $$"""{"messages":[{"role":"user","content":"{{Canary}}"}],"tools":[{"name":"{{Canary}}"}]}""", HttpStatusCode.BadRequest },
        { $$"""{"messages":[{"role":"user","content":"{{Canary}}"}],"temperature":"{{Canary}}"}""", HttpStatusCode.BadRequest },
        { $$"""{"messages":[{"role":"user","content":"{{Canary}}" {{Canary}}""", HttpStatusCode.BadRequest },
        { $$$"""{"{{{Canary}}}":1,"messages":{"{{{Canary}}}":2}}""", HttpStatusCode.BadRequest },
        { $$"""{"model":"{{Canary}}","messages":[{"role":"user","content":"{{Canary}}"}]}""", HttpStatusCode.NotFound },
    };

    [Theory]
    [InlineData(false, Asked, HttpStatusCode.OK)]
    [InlineData(true, Asked, HttpStatusCode.OK)]
    [InlineData(false, $"{Canary} BADWORD", HttpStatusCode.BadRequest)]
    [InlineData(true, $"{Canary} BADWORD", HttpStatusCode.BadRequest)]
    public async Task A_turn_tells_nothing_of_its_text(bool stream, string text, HttpStatusCode status)
    {
        using var model = new ContentChatClient(new TextContent($"It is {Canary}."));

        Assert.Equal(status, await PostAsync(model, Body(text, stream)));
    }

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_bad_request_tells_nothing_of_its_text(string body, HttpStatusCode status)
    {
        using var model = new ContentChatClient(new TextContent(Canary));

        Assert.Equal(status, await PostAsync(model, body));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.InternalServerError)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_model_whose_error_quotes_the_text_tells_nothing_of_it(bool stream, HttpStatusCode status)
    {
        using var model = new FailingChatClient(FailingChatClient.Text($"{new string('a', 600)}. {Canary}")) { Failure = new InvalidOperationException($"Cannot go on after {Canary}") };

        Assert.Equal(status, await PostAsync(model, Body(Asked, stream)));
    }

    [Fact]
    public async Task A_detector_whose_error_quotes_the_text_tells_nothing_of_it()
    {
        using var model = new ContentChatClient(new TextContent(Canary));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(model, Body(Asked, stream: false), new FaultyDetector((text, _) => throw new InvalidOperationException(text.Original))));
    }

    [Fact]
    public async Task A_decision_that_cannot_be_recorded_tells_nothing_of_the_text()
    {
        _audit.IsDown = true;
        using var model = new ContentChatClient(new TextContent(Canary));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(model, Body(Asked, stream: false)));
    }

    private static string Body(string text, bool stream) =>
        $$"""
        {"messages":[{"role":"system","content":"System {{Canary}}."},{"role":"user","name":"{{Canary}}","content":[{"type":"text","text":"{{text}}"}]},
        {"role":"assistant","content":null,"refusal":"Refused {{Canary}}"},{"role":"user","content":"{{text}}"}],"stop":["stop {{Canary}}"],"user":"{{Canary}}",
        "metadata":{"{{Canary}}":"{{Canary}}"},"stream":{{(stream ? "true" : "false")}}}
        """;

    /// <summary>Asks a service of its own, which is down when this ends: all it had to say was said.</summary>
    private async Task<HttpStatusCode> PostAsync(IChatClient model, string body, params IDetector[] detectors)
    {
        using var emitted = new EverythingEmitted(Canary);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(emitted));
        var pipeline = new GuardPipeline(Some.Policy(), [.. Some.Detectors, .. detectors], _audit, Some.AuditKey, logger: loggers.CreateLogger<GuardPipeline>());
        Serving serving = RunningService.Serve(new ChatClientBuilder(model).UseGuardrails(pipeline).UseModelTelemetry().Build());
        HttpStatusCode status;
        await using (WebApplication app = ServiceHost.Build(
            ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel=Trace", "--Logging:Console:LogLevel:Default=None"],
            (services, _) => services.AddSingleton(serving).AddSingleton<ILoggerProvider>(emitted)))
        {
            await app.StartAsync(Cancellation);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await http.PostAsync("/v1/chat/completions", content, Cancellation);
            status = response.StatusCode;
            string answer = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.True(status == HttpStatusCode.OK || !answer.Contains(Canary, StringComparison.Ordinal), answer);
            await app.StopAsync(Cancellation);
        }

        Assert.Empty(emitted.Leaks);
        Assert.All(_audit.Records, record => Assert.DoesNotContain(Canary, $"{record} {string.Join(' ', record.Findings)}", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Microsoft.AspNetCore Microsoft.AspNetCore.Hosting.HttpRequestIn", emitted.Names);
        Assert.Contains("Microsoft.AspNetCore.Hosting.Diagnostics", emitted.Names);
        return status;
    }
}
