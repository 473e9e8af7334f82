using System.Text;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GuardedZephyr.EndToEnd.Tests.Turns;

public sealed class PrivacyTests
{
    private const string Secrets = "My SSN is 536-22-1234 and my card is 4111 1111 1111 1111";

    private static readonly string[] Canaries = ["536-22-1234", "536221234", "4111 1111 1111 1111", "4111111111111111", "My SSN is"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Personal_data_reaches_neither_model_nor_log_nor_audit_file_nor_reply(bool stream)
    {
        using var scratch = new Scratch();
        using var logs = new CapturedLogs();
        using var model = new RecordingChatClient($"You wrote: {Secrets}. Is that right?");
        var auditPath = scratch.PathOf("audit.db");
        string reply;
        await using (var app = await ServiceFixture.StartAsync(auditPath, logs, (services, _) => Guard(services, model, auditPath)))
        {
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            var response = await Chat.PostAsync(http, Secrets, stream);
            reply = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("My SSN is [US_SSN] and my card is [CREDIT_CARD]", Assert.Single(model.Received));
        Assert.Equal("You wrote: My SSN is [US_SSN] and my card is [CREDIT_CARD]. Is that right?", ContentOf(reply, stream));
        AssertHasNone(reply, Canaries[..^1]);
        Assert.NotEmpty(logs.Text);
        AssertHasNone(logs.Text, Canaries);
        Assert.NotEmpty(new AuditQuery(auditPath).Find(new AuditFilter { Rule = "pii.government-id" }));
        Assert.All(Directory.GetFiles(scratch.PathOf()), file => AssertHasNone(Encoding.Latin1.GetString(File.ReadAllBytes(file)), Canaries));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Contact_data_is_a_pseudonym_for_the_model_and_itself_in_the_reply_and_nowhere_else(bool stream)
    {
        using var scratch = new Scratch();
        using var logs = new CapturedLogs();
        using var model = new RecordingChatClient("Then I write to <EMAIL_ADDRESS_1> and call <PHONE_NUMBER_1>, not eve@example.org.");
        var auditPath = scratch.PathOf("audit.db");
        string reply;
        await using (var app = await ServiceFixture.StartAsync(auditPath, logs, (services, _) => Guard(services, model, auditPath)))
        {
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            var response = await Chat.PostAsync(http, "I am ada@example.org, call +1 212 555 0147", stream);
            reply = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("I am <EMAIL_ADDRESS_1>, call <PHONE_NUMBER_1>", Assert.Single(model.Received));
        Assert.Equal("Then I write to ada@example.org and call +1 212 555 0147, not <EMAIL_ADDRESS_2>.", ContentOf(reply, stream));
        AssertHasNone(logs.Text, ["ada@", "eve@", "555 0147"]);
        Assert.All(Directory.GetFiles(scratch.PathOf()), file => AssertHasNone(Encoding.Latin1.GetString(File.ReadAllBytes(file)), ["ada@", "eve@", "555 0147"]));
    }

    private static string? ContentOf(string reply, bool stream) => stream
        ? string.Concat(reply.Split("\n\n").Where(line => line.Contains("\"content\"", StringComparison.Ordinal))
            .Select(line => JsonElement.Parse(line["data: ".Length..]).GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString()))
        : Chat.ContentOf(JsonElement.Parse(reply));

    private static void Guard(IServiceCollection services, RecordingChatClient model, string auditPath)
    {
        services.AddGuardrails(new GuardrailsOptions { Audit = { Path = auditPath } });
        services.AddSingleton(provider =>
        {
            var policies = provider.GetRequiredService<GuardPolicies>();
            return new Serving
            {
                Client = new GuardrailsChatClient(model, policies),
                ModelId = "recorder",
                Policies = () => policies.Status,
                AuditPath = auditPath,
                IsWarm = () => true,
                CheckAuditAsync = provider.GetRequiredService<SqliteAuditLog>().CheckAsync,
            };
        });
    }

    private static void AssertHasNone(string text, IEnumerable<string> canaries) =>
        Assert.All(canaries, canary => Assert.DoesNotContain(canary, text, StringComparison.Ordinal));
}
