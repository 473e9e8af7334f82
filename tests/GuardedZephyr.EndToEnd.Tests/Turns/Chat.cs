using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuardedZephyr.EndToEnd.Tests.Turns;

internal static class Chat
{
    /// <summary>Sends one user message.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient http, string text, bool stream = false)
    {
        var body = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }),
            ["temperature"] = 0,
            ["stream"] = stream,
        };
        return await http.PostAsJsonAsync("/v1/chat/completions", body, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonElement> AskAsync(HttpClient http, string text)
    {
        var response = await PostAsync(http, text);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static string? ContentOf(JsonElement completion) => completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();

    /// <summary>What follows <c>data:</c> in each event.</summary>
    public static async Task<string[]> StreamAsync(HttpClient http, string text)
    {
        var response = await PostAsync(http, text, stream: true);
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith(':')).Select(line => line["data: ".Length..])];
    }
}
