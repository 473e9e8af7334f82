using System.Text;
using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GuardedZephyr.Tests.Service;

/// <summary>The service on a real port, around a given client.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningService(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public static Serving Serve(IChatClient client) => new()
    {
        Client = client,
        ModelId = "zephyr-test",
        Policies = () => [new PolicyStatus(GuardPolicies.Default, new PolicyIdentity("standard", 3, "abcd"), DateTimeOffset.UnixEpoch, null)],
        AuditPath = "audit.db",
        IsWarm = () => true,
        CheckAuditAsync = _ => ValueTask.CompletedTask,
    };

    public static Task<RunningService> StartAsync(IChatClient client, params string[] args) => StartAsync(Serve(client), args);

    public static async Task<RunningService> StartAsync(Serving serving, params string[] args)
    {
        var app = ServiceHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None", .. args], (services, _) => services.AddSingleton(serving));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(app);
    }

    public Task<HttpResponseMessage> PostAsync(string json, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead) => Http.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(json, Encoding.UTF8, "application/json") },
        completion,
        TestContext.Current.CancellationToken);

    /// <summary>One user message.</summary>
    public Task<HttpResponseMessage> AskAsync(bool stream) =>
        PostAsync($$$"""{"messages":[{"role":"user","content":"Hi"}],"stream":{{{(stream ? "true" : "false")}}},"stream_options":{"include_usage":true}}""");

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What follows <c>data:</c> in each event, after a check that the stream is made of such events and nothing else.</summary>
    public static async Task<string[]> EventsOf(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("\n\n", body, StringComparison.Ordinal);
        var events = body[..^2].Split("\n\n");
        Assert.All(events, line => Assert.StartsWith("data: ", line, StringComparison.Ordinal));
        return [.. events.Select(line => line["data: ".Length..])];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
