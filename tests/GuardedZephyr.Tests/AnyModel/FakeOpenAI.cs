using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Tests.AnyModel;

/// <summary>OpenAI's chat completions on a real port, plain and streamed: one answer after the other, the last one again and again.</summary>
internal sealed class FakeOpenAI : IAsyncDisposable
{
    private const string Envelope = """ "id":"chatcmpl-1","created":1700000000,"model":"gpt-fake-2026" """;
    private const string Usage = """ "usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12} """;

    private readonly WebApplication _app;
    private readonly string[][] _answers;
    private int _next;

    private FakeOpenAI(WebApplication app, string[][] answers) => (_app, _answers) = (app, answers);

    public Uri Endpoint => new($"{_app.Urls.Single()}/v1");

    /// <summary>What it was sent.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<JsonElement> Requests { get; } = new();

    /// <param name="answers">Of each the chunks; one that starts with <c>{</c> is the arguments of a call to <c>find</c>.</param>
    public static async Task<FakeOpenAI> StartAsync(params string[][] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var fake = new FakeOpenAI(app, answers);
        app.MapPost("/v1/chat/completions", fake.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        JsonElement request = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted);
        Requests.Enqueue(request);
        string[] chunks = _answers[Math.Min(Interlocked.Increment(ref _next), _answers.Length) - 1];
        bool isCall = chunks[0].StartsWith('{');
        string finish = isCall ? "tool_calls" : "stop";
        if (!request.TryGetProperty("stream", out JsonElement stream) || !stream.GetBoolean())
        {
            string message = isCall ? $$""" "content":null,"tool_calls":[{{Call(string.Concat(chunks))}}] """ : $$""" "content":{{Quoted(string.Concat(chunks))}} """;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync($$"""{ {{Envelope}},"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",{{message}} },"finish_reason":"{{finish}}"}],{{Usage}} }""", http.RequestAborted);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        string[] deltas = isCall ? [$$"""{"tool_calls":[{{Call(string.Concat(chunks))}}]}"""] : [.. chunks.Select(chunk => $$"""{"content":{{Quoted(chunk)}}}""")];
        string[] events =
        [
            .. deltas.Select(delta => $$"""{ {{Envelope}},"object":"chat.completion.chunk","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}"""),
            $$"""{ {{Envelope}},"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"{{finish}}"}]}""",
            $$"""{ {{Envelope}},"object":"chat.completion.chunk","choices":[],{{Usage}} }""",
            "[DONE]",
        ];
        foreach (string data in events)
        {
            await http.Response.WriteAsync($"data: {data}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static string Call(string arguments) => $$"""{"index":0,"id":"call_1","type":"function","function":{"name":"find","arguments":{{Quoted(arguments)}} } }""";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
