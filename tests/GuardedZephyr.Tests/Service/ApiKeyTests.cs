using System.Net;
using System.Net.Http.Headers;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GuardedZephyr.Tests.Service;

public sealed class ApiKeyTests : IDisposable
{
    private static readonly string Key = ApiKeyHash.NewKey();
    private static readonly string StrictKey = ApiKeyHash.NewKey();
    private static readonly string[] Settings =
    [
        $"--GuardedZephyr:Keys:plain:Hash={ApiKeyHash.Of(Key)}", $"--GuardedZephyr:Keys:careful:Hash={ApiKeyHash.Of(StrictKey)}", "--GuardedZephyr:Keys:careful:Policy=strict",
        "--GuardedZephyr:Policies:strict=strict.yaml",
    ];

    private readonly ScriptedChatClient _standard = new(ScriptedChatClient.Text("standard"));
    private readonly ScriptedChatClient _strict = new(ScriptedChatClient.Text("strict"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _standard.Dispose();
        _strict.Dispose();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "Bearer wrong")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Basic dTpw")]
    [InlineData("api-key", "wrong")]
    public async Task Where_keys_are_configured_nothing_passes_without_one(string? header, string? value)
    {
        await using RunningService service = await StartAsync();

        foreach (string path in new[] { "/v1/models", "/v1/nothing" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header ?? "x-none", value ?? "");
            HttpResponseMessage response = await service.Http.SendAsync(request, Cancellation);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            Assert.Equal("invalid_api_key", (await RunningService.JsonOf(response)).GetProperty("error").GetProperty("code").GetString());
        }

        Assert.Empty(_standard.Messages);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/health/ready", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_names_the_policy_that_judges(bool bearer)
    {
        await using RunningService service = await StartAsync();

        Assert.Equal("standard", await AskAsync(service, Key, bearer));
        Assert.Equal("strict", await AskAsync(service, StrictKey, bearer));
    }

    [Theory]
    [InlineData("--GuardedZephyr:Keys:a:Hash=secret", "GuardedZephyr:Keys:a:Hash must be 'sha256:'")]
    [InlineData("--GuardedZephyr:Keys:a:Policy=default", "GuardedZephyr:Keys:a:Hash must be 'sha256:'")]
    [InlineData("--GuardedZephyr:Keys:plain:Policy=gone", "there is no policy 'gone'; known are default, strict")]
    [InlineData("--GuardedZephyr:Keys:plain:Polcy=strict", "unknown setting 'Polcy'; known are Hash and Policy")]
    public void A_key_that_cannot_be_used_stops_the_start(string setting, string message)
    {
        var exception = Assert.Throws<StartupException>(() => ServiceHost.Build([.. Settings, setting], (_, _) => { }));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keys_any_address_and_name_may_be_listened_on()
    {
        await using var app = ServiceHost.Build(["--urls", "http://0.0.0.0:0", .. Settings], (services, _) => services.AddSingleton(RunningService.Serve(_standard)));

        await app.StartAsync(Cancellation);

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)}/v1/models") { Headers = { Host = "service.example" } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(request, Cancellation)).StatusCode);
    }

    [Fact]
    public void A_hash_is_of_its_key_alone_and_salted()
    {
        string first = ApiKeyHash.Of(Key).ToString();

        Assert.NotEqual(first, ApiKeyHash.Of(Key).ToString());
        Assert.True(ApiKeyHash.Parse(first)!.IsOf(Key));
        Assert.False(ApiKeyHash.Parse(first)!.IsOf(StrictKey));
        Assert.DoesNotContain(Key["gz-".Length..], first, StringComparison.Ordinal);
        Assert.Null(ApiKeyHash.Parse(first[..^1]));
        Assert.Null(ApiKeyHash.Parse(Key));
    }

    [Fact]
    public async Task A_request_may_name_a_policy_and_a_language()
    {
        await using RunningService service = await StartAsync();
        service.Http.DefaultRequestHeaders.Add("api-key", Key);
        service.Http.DefaultRequestHeaders.Add("Accept-Language", "fr;q=0.5, de-CH, *;q=0.1, nl;q=0");

        await service.PostAsync("""{"messages":[{"role":"user","content":"Hi"}],"moderation":"strict"}""");

        Assert.Equal("strict", _standard.Options!.AdditionalProperties![GuardrailsChatClient.ModerationKey]);
        Assert.Equal("de-CH,fr", _standard.Options.AdditionalProperties[GuardrailsChatClient.LocaleKey]);
    }

    [Fact]
    public async Task A_policy_that_there_is_not_is_an_error_of_the_request()
    {
        await using RunningService service = await RunningService.StartAsync(new ScriptedChatClient { Failure = new UnknownPolicyException(["default", "strict"]) });

        HttpResponseMessage response = await service.AskAsync(stream: false);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await RunningService.JsonOf(response)).GetProperty("error");
        Assert.Equal(("unknown_policy", "moderation"), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_policy_file_that_cannot_be_used_degrades_health_and_its_reason_is_for_those_with_a_key(bool withKey)
    {
        var since = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
        var status = new PolicyStatus(GuardPolicies.Default, new PolicyIdentity("standard", 3, "abcd"), since, new PolicyFault(since, ["standard.yaml:3: broken"]));
        await using RunningService service = await RunningService.StartAsync(RunningService.Serve(_standard) with { Policies = () => [status] }, Settings);
        if (withKey)
        {
            service.Http.DefaultRequestHeaders.Add("api-key", Key);
        }

        string errors = withKey ? ",\"errors\":[\"standard.yaml:3: broken\"]" : "";
        Assert.Equal(
            $$$"""{"model":{"status":"ok","id":"zephyr-test"},"guard":{"status":"degraded","policy":{"name":"standard","version":3,"sha256":"abcd"},"faults":[{"policy":"default","since":"2026-11-24T08:00:00+00:00"{{{errors}}}}]},"audit":{"status":"ok"},"status":"degraded"}""",
            await service.Http.GetStringAsync("/health/ready", Cancellation));
    }

    private Task<RunningService> StartAsync() => RunningService.StartAsync(
        RunningService.Serve(_standard) with { Clients = new Dictionary<string, Microsoft.Extensions.AI.IChatClient> { ["default"] = _standard, ["strict"] = _strict } }, Settings);

    private static async Task<string?> AskAsync(RunningService service, string key, bool bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"messages":[{"role":"user","content":"Hi"}]}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(bearer ? "Authorization" : "api-key", bearer ? $"Bearer {key}" : key);
        var json = await RunningService.JsonOf(await service.Http.SendAsync(request, Cancellation));
        return json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }
}
