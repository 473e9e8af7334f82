using System.Text.RegularExpressions;
using GuardedZephyr.EndToEnd.Tests.Turns;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Service;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GuardedZephyr.EndToEnd.Tests.Browser;

public sealed partial class PageTests(ServiceFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task A_person_can_chat()
    {
        var page = await OpenAsync();

        await SendAsync(page, ChatTests.Question);

        await Expect(page.Locator(".assistant .meta")).ToHaveTextAsync(AllowedLine());
        await Expect(page.Locator(".assistant .bubble")).Not.ToBeEmptyAsync();
        await Expect(page.Locator(".user .bubble")).ToHaveTextAsync(ChatTests.Question);
        await Expect(page.Locator("#model")).ToHaveTextAsync("zephyr-nano");
        await Expect(page.Locator("#policy")).ToHaveTextAsync("standard v1");
        await Expect(page.Locator("#stop")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New chat" }).ClickAsync();
        await Expect(page.Locator("#messages li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_person_sees_what_was_hidden_from_the_model()
    {
        var page = await OpenAsync();

        await SendAsync(page, "My SSN is 536-22-1234 and I am ada@example.org, is it safe with you?");

        await Expect(page.Locator(".user .chip")).ToHaveTextAsync(["536-22-1234 hidden from the model: US_SSN", "ada@example.org a pseudonym for the model: EMAIL_ADDRESS"]);
        await Expect(page.Locator(".user .bubble")).ToContainTextAsync("is it safe with you?");
    }

    [Fact]
    public async Task A_block_is_a_notice_with_its_rule_and_is_not_sent_again()
    {
        var page = await OpenAsync();
        await SendAsync(page, ChatTests.Hateful);
        await Expect(page.Locator(".notice.blocked strong")).ToHaveTextAsync("Blocked before it reached the model");
        await Expect(page.Locator(".notice.blocked code").First).ToContainTextAsync("harm.");

        await SendAsync(page, ChatTests.Question);

        await Expect(page.Locator(".assistant .meta").Nth(1)).ToHaveTextAsync(AllowedLine());
        await Expect(page.Locator(".notice")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_person_in_crisis_reads_the_words_of_a_person()
    {
        var page = await OpenAsync();

        await SendAsync(page, "I want to kill myself tonight");

        await Expect(page.Locator(".care")).ToBeVisibleAsync();
        await Expect(page.Locator(".assistant .bubble")).ToContainTextAsync("988");
        await Expect(page.Locator(".notice")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_person_can_stop_a_reply()
    {
        using var scratch = new Scratch();
        using var logs = new CapturedLogs();
        using var model = new EndlessChatClient("Once upon a time.");
        await using var app = await ServiceFixture.StartAsync(scratch.PathOf("audit.db"), logs, (services, _) => services.AddSingleton(Serve(model)));
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Urls.Single());
        await SendAsync(page, "Tell me a story");
        await Expect(page.Locator(".assistant .bubble")).ToHaveTextAsync("Once upon a time.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Expect(page.Locator(".assistant .meta")).ToHaveTextAsync("stopped");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeVisibleAsync();
        await model.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Text_is_never_markup()
    {
        var page = await OpenAsync();

        await SendAsync(page, "<img src=x onerror=alert(1)> <b>bold</b>");

        await Expect(page.Locator(".user .bubble")).ToHaveTextAsync("<img src=x onerror=alert(1)> <b>bold</b>");
        await Expect(page.Locator("#messages img, #messages b:not(.meta b)")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_page_fits_a_phone_and_speaks_to_this_service_only()
    {
        var foreign = new List<string>();
        var complaints = new List<string>();
        var page = await OpenAsync(new BrowserNewPageOptions { ViewportSize = new() { Width = 360, Height = 640 } });
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(service.Http.BaseAddress!.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.ReloadAsync();
        await SendAsync(page, $"{ChatTests.Question} {new string('x', 200)}");
        await Expect(page.Locator(".assistant .meta")).ToBeVisibleAsync();

        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(foreign);
        Assert.Empty(complaints);
    }

    private static Serving Serve(IChatClient client) => new()
    {
        Client = client,
        ModelId = "endless",
        Policies = () => [new PolicyStatus(GuardPolicies.Default, new PolicyIdentity("none", 1, "00"), DateTimeOffset.UnixEpoch, null)],
        AuditPath = "none",
        IsWarm = () => true,
        CheckAuditAsync = _ => ValueTask.CompletedTask,
    };

    private async Task<IPage> OpenAsync(BrowserNewPageOptions? options = null)
    {
        var page = await browser.NewPageAsync(options);
        await page.GotoAsync(service.Http.BaseAddress!.ToString());
        return page;
    }

    private static async Task SendAsync(IPage page, string text)
    {
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    [GeneratedRegex("^allowed · guard [0-9.]+ ms")]
    private static partial Regex AllowedLine();
}
