using System.Net;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GuardedZephyr.Tests.Service;

public sealed class HostingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://example.org:0")]
    public async Task Without_keys_only_this_machine_may_connect(string url)
    {
        await using var app = ServiceHost.Build(["--urls", url], (services, _) => services.AddSingleton(RunningService.Serve(new ScriptedChatClient())));

        var exception = await Assert.ThrowsAsync<StartupException>(() => app.StartAsync(Cancellation));

        Assert.Contains("loopback", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public async Task A_name_that_was_rebound_to_this_machine_is_refused()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Host = "attacker.example" } };

        Assert.Equal(HttpStatusCode.BadRequest, (await service.Http.SendAsync(request, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/models")]
    [InlineData("/v1/nothing")]
    [InlineData("/health/live")]
    public async Task Every_response_has_a_request_id_of_its_own(string path)
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        var first = Assert.Single((await service.Http.GetAsync(path, Cancellation)).Headers.GetValues("x-request-id"));
        var second = Assert.Single((await service.Http.GetAsync(path, Cancellation)).Headers.GetValues("x-request-id"));

        Assert.Matches("^req_[0-9a-f]{32}$", first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task The_served_model_is_listed_and_can_be_looked_up()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        var list = JsonElement.Parse(await service.Http.GetStringAsync("/v1/models", Cancellation));
        var model = JsonElement.Parse(await service.Http.GetStringAsync("/v1/models/zephyr-test", Cancellation));

        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(list.GetProperty("data")[0].GetRawText(), model.GetRawText());
        Assert.Equal(("zephyr-test", "model"), (model.GetProperty("id").GetString(), model.GetProperty("object").GetString()));
        Assert.True(model.GetProperty("created").GetInt64() > 0);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync("/v1/models/other", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_service_whose_parts_work_is_ready()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        Assert.Equal(
            """{"model":{"status":"ok","id":"zephyr-test"},"guard":{"status":"ok","policy":{"name":"standard","version":3,"sha256":"abcd"}},"audit":{"status":"ok"},"status":"ready"}""",
            await service.Http.GetStringAsync("/health/ready", Cancellation));
    }

    [Theory]
    [InlineData(false, true, "warming", "ok")]
    [InlineData(true, false, "ok", "unavailable")]
    public async Task A_service_with_a_part_that_does_not_work_is_live_but_not_ready(bool warm, bool auditWorks, string model, string audit)
    {
        var serving = RunningService.Serve(new ScriptedChatClient()) with
        {
            IsWarm = () => warm,
            CheckAuditAsync = _ => auditWorks ? ValueTask.CompletedTask : throw new AuditUnavailableException("locked"),
        };
        await using var service = await RunningService.StartAsync(serving);

        var response = await service.Http.GetAsync("/health/ready", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var json = await RunningService.JsonOf(response);
        Assert.Equal((model, audit), (json.GetProperty("model").GetProperty("status").GetString(), json.GetProperty("audit").GetProperty("status").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/health/live", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_page_may_load_nothing_but_its_own_files()
    {
        await using var service = await RunningService.StartAsync(new ScriptedChatClient());

        var response = await service.Http.GetAsync("/", Cancellation);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("//", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", await service.Http.GetStringAsync("/page.js", Cancellation), StringComparison.Ordinal);
    }
}
