using System.Net;
using System.Text;

namespace GuardedZephyr.Tests.Service;

public sealed class RequestErrorTests
{
    private const string Canary = "536-22-1234";

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"n":2}""", "unsupported_parameter", "n")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"logprobs":true,"stream":true}""", "unsupported_parameter", "logprobs")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"top_logprobs":2}""", "invalid_value", "top_logprobs")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"logprobs":true,"top_logprobs":21}""", "invalid_value", "top_logprobs")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"min_p":1.5}""", "invalid_value", "min_p")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"repetition_penalty":0}""", "invalid_value", "repetition_penalty")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"logit_bias":{"536-22-1234":1}}""", "invalid_value", "logit_bias")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"logit_bias":{"5":"536-22-1234"}}""", "invalid_value", "logit_bias")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"logit_bias":{"5":101}}""", "invalid_value", "logit_bias")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"tools":[{"type":"function"}]}""", "unsupported_parameter", "tools")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"functions":[{}]}""", "unsupported_parameter", "functions")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"response_format":{"type":"json_object"}}""", "unsupported_parameter", "response_format")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"modalities":["text","audio"]}""", "unsupported_parameter", "modalities")]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234"}],"moderation":{"model":"m"}}""", "invalid_value", "moderation")]
    [InlineData("""{"messages":[{"role":"tool","content":"536-22-1234"}]}""", "unsupported_parameter", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"assistant","content":"","tool_calls":[{}]}]}""", "unsupported_parameter", "messages[0].tool_calls")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","text":"536-22-1234"}]}]}""", "unsupported_parameter", "messages[0].content[1].type")]
    [InlineData("""{"messages":[{"role":"536-22-1234","content":"a"}]}""", "invalid_value", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"user","content":"a"},{"role":"user","content":null}]}""", "invalid_value", "messages[1].content")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text"}]}]}""", "invalid_value", "messages[0].content[0].text")]
    [InlineData("""{"messages":[]}""", "invalid_value", "messages")]
    [InlineData("""{"messages":[null]}""", "invalid_value", "messages[0]")]
    [InlineData("{}", "invalid_value", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"temperature":2.1}""", "invalid_value", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"temperature":1e999}""", "invalid_value", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"top_p":-0.1}""", "invalid_value", "top_p")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"presence_penalty":3}""", "invalid_value", "presence_penalty")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"max_tokens":0}""", "invalid_value", "max_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"stop":["a","b","c","d","e"]}""", "invalid_value", "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"stop":["a",""]}""", "invalid_value", "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"temperature":"536-22-1234"}""", "invalid_type", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"seed":1.5}""", "invalid_type", "seed")]
    [InlineData("""{"messages":[{"role":"user","content":{"text":"536-22-1234"}}]}""", "invalid_type", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":"\ud800 536-22-1234"}]}""", "invalid_type", "messages[0].content")]
    [InlineData("""{"messages":"536-22-1234"}""", "invalid_type", "messages")]
    [InlineData("[]", "invalid_type", null)]
    [InlineData("null", "invalid_json", null)]
    [InlineData("", "invalid_json", null)]
    [InlineData("""{"messages":[{"role":"user","content":"536-22-1234""", "invalid_json", null)]
    [InlineData("""{"536-22-1234": }""", "invalid_json", null)]
    public async Task A_request_that_cannot_be_served_is_refused_by_the_name_of_its_parameter_without_its_text(string body, string code, string? param)
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        var response = await service.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        var json = await RunningService.JsonOf(response);
        var error = json.GetProperty("error");
        Assert.Equal((code, param), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.DoesNotContain(Canary, json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_json_is_refused_with_its_position()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        var json = await RunningService.JsonOf(await service.PostAsync("{\n  \"model\": oops }"));

        Assert.Contains("line 2, byte 12", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_served_is_not_found()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        var response = await service.PostAsync("""{"model":"gpt-4","messages":[{"role":"user","content":"a"}]}""");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("model_not_found", (await RunningService.JsonOf(response)).GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_too_large(bool lengthKnown)
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());
        var bytes = Encoding.UTF8.GetBytes($$"""{"messages":[{"role":"user","content":"{{new string('a', 1024 * 1024)}}"}]}""");
        using HttpContent content = lengthKnown ? new ByteArrayContent(bytes) : new StreamContent(new UnseekableStream(bytes));
        content.Headers.ContentType = new("application/json");

        var response = await service.Http.PostAsync("/v1/chat/completions", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("request_too_large", (await RunningService.JsonOf(response)).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_that_a_foreign_web_page_could_post_is_refused()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());
        using var content = new StringContent("""{"messages":[{"role":"user","content":"a"}]}""", Encoding.UTF8, "text/plain");

        var response = await service.Http.PostAsync("/v1/chat/completions", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/v1/embeddings")]
    [InlineData("GET", "/v1/chat/completions")]
    [InlineData("DELETE", "/v1/models/zephyr-test")]
    public async Task What_is_not_there_is_answered_in_the_same_form(string method, string path)
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        var response = await service.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unknown_url", (await RunningService.JsonOf(response)).GetProperty("error").GetProperty("code").GetString());
    }

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
