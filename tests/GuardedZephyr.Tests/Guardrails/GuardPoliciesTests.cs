using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

public sealed class GuardPoliciesTests : IDisposable
{
    private readonly PolicyFolder _folder = new(PolicyFolder.WithoutHarm.Replace("redact", "mask", StringComparison.Ordinal) + "  - id: shadow.pin\n    when: { entity: PIN }\n    action: block\n    mode: shadow\n");
    private readonly RecordingAuditLog _audit = new();
    private readonly GuardPolicies _policies;

    public GuardPoliciesTests()
    {
        _folder.Write("strict.yaml", PolicyFolder.WithoutHarm.Replace("name: small", "name: strict", StringComparison.Ordinal).Replace("action: redact", "action: block", StringComparison.Ordinal)
            .Replace("responses: texts.yaml", "responses: { en: texts.yaml, de: de.yaml }", StringComparison.Ordinal));
        _folder.Write("de.yaml", "refusal: Nein.\nunjudged: Ungeprüft.\n");
        _policies = GuardPolicies.Load(new GuardrailsOptions { Policy = { Path = _folder.PolicyPath }, Policies = { ["strict"] = Path.Combine(_folder.Path, "strict.yaml") }, Reload = { Enabled = false } }, _audit, Some.AuditKey);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _policies.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, null, "small", "my code is ****, pin", "pin")]
    [InlineData(null, "strict", "small+strict", "No.", "pin,strict:pin")]
    [InlineData("strict", null, "strict", "No.", "pin")]
    [InlineData("strict", "default", "strict+small", "No.", "pin,small:pin")]
    [InlineData("strict", "strict", "strict", "No.", "pin")]
    [InlineData(null, "STRICT", "small+strict", "No.", "pin,strict:pin")]
    public async Task A_request_can_ask_for_a_policy_besides_and_the_more_severe_verdict_holds(string? policy, string? moderation, string name, string reply, string rules)
    {
        var model = new ScriptedChatClient("ok");
        using var client = new GuardrailsChatClient(model, _policies, policy);

        ChatResponse response = await client.GetResponseAsync("my code is 1234, pin", Options(GuardrailsChatClient.ModerationKey, moderation), Cancellation);

        var report = (GuardReport)response.AdditionalProperties![GuardReport.Key]!;
        Assert.Equal((name, rules), (report.Policy.Name, string.Join(',', report.Rules)));
        Assert.Equal(reply, report.BlockedAt is null ? Assert.Single(model.Received)["user: ".Length..] : response.Text);
        Assert.Equal(name, _audit.Records[0].PolicyName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_policy_that_there_is_not_is_an_error_at_the_call(bool streaming)
    {
        using var client = new GuardrailsChatClient(new ScriptedChatClient("ok"), _policies);
        ChatOptions options = Options(GuardrailsChatClient.ModerationKey, "lenient")!;

        UnknownPolicyException exception = streaming
            ? Assert.Throws<UnknownPolicyException>(() => client.GetStreamingResponseAsync("Hi", options, Cancellation))
            : await Assert.ThrowsAsync<UnknownPolicyException>(() => client.GetResponseAsync("Hi", options, Cancellation));

        Assert.Equal("There is no policy of that name; known are default, strict.", exception.Message);
    }

    [Fact]
    public async Task What_is_said_to_the_guard_does_not_reach_the_model()
    {
        var model = new ScriptedChatClient("ok");
        using var client = new GuardrailsChatClient(model, _policies);
        var options = new ChatOptions { AdditionalProperties = new() { [GuardrailsChatClient.ModerationKey] = "strict", [GuardrailsChatClient.LocaleKey] = "de", ["other"] = 1 } };

        await client.GetResponseAsync("Hi", options, Cancellation);

        Assert.Equal(["other"], model.Options!.AdditionalProperties!.Keys);
        Assert.Equal(3, options.AdditionalProperties.Count);
    }

    [Fact]
    public async Task The_guards_own_texts_have_the_language_that_was_asked_for()
    {
        using var client = new GuardrailsChatClient(new ScriptedChatClient("ok"), _policies, "strict");

        Assert.Equal("Nein.", (await client.GetResponseAsync("pin 1234", Options(GuardrailsChatClient.LocaleKey, "fr,de-CH,en"), Cancellation)).Text);
        Assert.Equal("No.", (await client.GetResponseAsync("pin 1234", Options(GuardrailsChatClient.LocaleKey, "fr"), Cancellation)).Text);
    }

    [Fact]
    public async Task What_shadow_rules_would_have_done_is_in_the_report_and_in_the_record()
    {
        using var client = new GuardrailsChatClient(new ScriptedChatClient("ok"), _policies);

        var report = (GuardReport)(await client.GetResponseAsync("my code is 1234, pin", cancellationToken: Cancellation)).AdditionalProperties![GuardReport.Key]!;

        Assert.Equal(Outcome.Modified, report.Outcome);
        Assert.Equal((Outcome.Blocked, RuleAction.Block), (report.Shadow!.Outcome, report.Shadow.Action));
        Assert.Equal(["shadow.pin"], report.Shadow.Rules);
        Assert.Equal([("blocked", "block"), (null, null)], _audit.Records.Select(record => (record.ShadowOutcome, record.ShadowAction)));
    }

    [Fact]
    public void Policies_that_judge_together_are_put_together_once()
    {
        using PolicyLease first = _policies.Take("strict", "default");
        using PolicyLease second = _policies.Take("strict", "default");

        Assert.Same(first.Pipeline, second.Pipeline);
    }

    private static ChatOptions? Options(string key, string? value) => value is null ? null : new ChatOptions { AdditionalProperties = new() { [key] = value } };
}
