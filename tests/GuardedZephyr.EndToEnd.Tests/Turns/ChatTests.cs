using System.Net;
using System.Text.Json;

namespace GuardedZephyr.EndToEnd.Tests.Turns;

public sealed class ChatTests(ServiceFixture service)
{
    public const string Question = "List 3 synonyms for the word \"tiny\"";
    public const string Hateful = "I hate you, you are all disgusting stupid idiots and should die";

    [Fact]
    public async Task The_embedded_model_answers_alike_whole_and_streamed()
    {
        var whole = await Chat.AskAsync(service.Http, Question);
        var events = await Chat.StreamAsync(service.Http, Question);

        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].Select(data => JsonElement.Parse(data)).ToList();
        Assert.Equal("assistant", chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
        Assert.Equal("stop", chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("{}", chunks[^1].GetProperty("choices")[0].GetProperty("delta").GetRawText());
        var streamed = string.Concat(chunks.Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : ""));
        Assert.Equal(Chat.ContentOf(whole), streamed);
        Assert.NotEmpty(streamed);
        Assert.Equal("stop", whole.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.True(whole.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 0);
        Assert.Equal("allowed", whole.GetProperty("guard").GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hateful_prompt_is_blocked_before_the_model(bool stream)
    {
        var response = await Chat.PostAsync(service.Http, Hateful, stream);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var json = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("content_filter", json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(json.GetProperty("guard").GetProperty("rules").EnumerateArray(), rule => rule.GetString()!.StartsWith("harm.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_prompt_longer_than_the_context_is_an_error_and_not_cut()
    {
        var response = await Chat.PostAsync(service.Http, string.Concat(Enumerable.Repeat("The sun is warm today. ", 2000)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var json = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("context_length_exceeded", json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_service_is_ready_when_it_has_started()
    {
        var health = JsonElement.Parse(await service.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));

        Assert.Equal("ready", health.GetProperty("status").GetString());
    }
}
