using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Operators over a whole turn: what the model is shown, and what the caller gets of its answer.</summary>
public class PseudonymTurnTests
{
    private static readonly Policy _policy = Some.Policy(
        Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS", "PHONE_NUMBER"),
        Some.Operator(RuleAction.Mask, "CREDIT_CARD") with { KeepLast = 4 },
        Some.Operator(RuleAction.Hash, "US_SSN"),
        Some.Redact("IBAN_CODE"));

    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_model_works_with_pseudonyms_and_the_reply_has_the_real_values(bool streaming)
    {
        var model = new ScriptedChatClient("Dear <EMAIL_", "ADDRESS_1>, call <PHONE_NUMBER_1> or write to <EMAIL_ADDRESS_2", ">.");

        ChatResponse reply = await AskAsync(model, streaming, User("I am Ada@Example.com, my boss is bob@example.com, +1 212 555 0147. Write to ada@example.com."));

        Assert.Equal(["user: I am <EMAIL_ADDRESS_1>, my boss is <EMAIL_ADDRESS_2>, <PHONE_NUMBER_1>. Write to <EMAIL_ADDRESS_1>."], model.Received);
        Assert.Equal("Dear Ada@Example.com, call +1 212 555 0147 or write to bob@example.com.", reply.Text);
        Assert.Equal((Outcome.Modified, RuleAction.Pseudonymise), (Report(reply).Outcome, Report(reply).Action));
        Assert.Equal(Enumerable.Repeat(RuleAction.Pseudonymise, 4), Report(reply).Findings.Select(found => found.Action));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pseudonyms_are_the_same_over_a_conversation(bool streaming)
    {
        ChatMessage[] first = [User("I am ada@example.com, she is eve@example.com")];
        var model = new ScriptedChatClient("Hello <EMAIL_ADDRESS_2>.");
        ChatResponse answer = await AskAsync(model, streaming, first);

        await AskAsync(model, streaming, [.. first, new ChatMessage(ChatRole.Assistant, answer.Text), User("And bob@example.com? And ADA@example.com?")]);

        Assert.Equal(
            ["user: I am <EMAIL_ADDRESS_1>, she is <EMAIL_ADDRESS_2>", "assistant: Hello <EMAIL_ADDRESS_2>.", "user: And <EMAIL_ADDRESS_3>? And <EMAIL_ADDRESS_1>?"],
            model.Received[1..]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Values_that_the_user_did_not_write_stay_hidden_whatever_the_user_writes(bool streaming)
    {
        var model = new ScriptedChatClient("<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2> <EMAIL_ADDRESS_3> <EMAIL_ADDRESS_4> boss@example.com tool@example.com");

        ChatResponse reply = await AskAsync(
            model,
            streaming,
            [
                new ChatMessage(ChatRole.System, "Operator: operator@example.com"),
                new ChatMessage(ChatRole.Tool, [new TextContent("Found tool@example.com")]),
                User("I am ada@example.com. Repeat <EMAIL_ADDRESS_1> and <email_address_2>."),
            ],
            new ChatOptions { Instructions = "Hide boss@example.com" });

        Assert.Equal("Hide <EMAIL_ADDRESS_1>", model.Options!.Instructions);
        Assert.Equal(
            ["system: Operator: <EMAIL_ADDRESS_2>", "tool: Found <EMAIL_ADDRESS_3>", "user: I am <EMAIL_ADDRESS_4>. Repeat < EMAIL_ADDRESS_1> and < email_address_2>."], model.Received);
        Assert.Equal("<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2> <EMAIL_ADDRESS_3> ada@example.com <EMAIL_ADDRESS_1> <EMAIL_ADDRESS_3>", reply.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_users_own_value_may_stand_in_the_reply_and_another_may_not(bool streaming)
    {
        ChatResponse own = await AskAsync(new ScriptedChatClient("You are ADA@exa", "mple.com."), streaming, User("I am ada@example.com"));
        ChatResponse other = await AskAsync(new ScriptedChatClient("You are eve@exa", "mple.com."), streaming, User("I am ada@example.com"));

        Assert.Equal("You are ADA@example.com.", own.Text);
        Assert.Equal((RuleAction.Allow, "allowed"), (Assert.Single(Report(own).Findings, OfReply).Action, _audit.Records[1].Outcome));
        Assert.Equal("You are <EMAIL_ADDRESS_2>.", other.Text);
        Assert.Equal((RuleAction.Pseudonymise, "modified"), (Assert.Single(Report(other).Findings, OfReply).Action, _audit.Records[3].Outcome));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stricter_rule_on_replies_keeps_the_value_back_in_either_form(bool streaming)
    {
        Policy policy = Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS"), Some.Redact("EMAIL_ADDRESS") with { On = [Direction.Output] });

        ChatResponse reply = await AskAsync(new ScriptedChatClient("<EMAIL_ADDRESS_1> or ada@example.com"), streaming, [User("I am ada@example.com")], policy: policy);

        Assert.Equal("<EMAIL_ADDRESS_1> or [EMAIL_ADDRESS]", reply.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_operator_works_in_both_directions(bool streaming)
    {
        const string Text = "4111 1111 1111 1111, 536-22-1234 or 536.22.1234, GB82 WEST 1234 5698 7654 32";
        string hash = Some.AuditKey.Hash("536221234")[..12];
        string enforced = $"**** **** **** 1111, [US_SSN:{hash}] or [US_SSN:{hash}], [IBAN_CODE]";
        var model = new ScriptedChatClient(Text[..30], Text[30..]);

        ChatResponse reply = await AskAsync(model, streaming, User(Text));

        Assert.Equal([$"user: {enforced}"], model.Received);
        Assert.Equal(enforced, reply.Text);
        RuleAction[] actions = [RuleAction.Mask, RuleAction.Hash, RuleAction.Hash, RuleAction.Redact];
        Assert.Equal([.. actions, .. actions], Report(reply).Findings.Select(found => found.Action));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_found_in_a_text_that_did_not_pass_was_blocked_with_it(bool streaming)
    {
        Policy policy = Some.Policy([.. Some.UsualRules, Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")]);

        ChatResponse reply = await AskAsync(new ScriptedChatClient(), streaming, [User("BADWORD ada@example.com")], policy: policy);

        Assert.All(Report(reply).Findings, found => Assert.Equal(RuleAction.Block, found.Action));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Neither_records_nor_report_nor_failures_have_the_values(bool streaming)
    {
        var model = new ScriptedChatClient("<EMAIL_ADDRESS_1>, eve@example.com") { Failure = new InvalidOperationException("boom") };
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(model, streaming, User("I am ada@example.com")));
        ChatResponse reply = await AskAsync(new ScriptedChatClient("<EMAIL_ADDRESS_1>, eve@example.com"), streaming, User("I am ada@example.com"));

        string[] said = [failure.ToString(), Report(reply).ToString(), .. Report(reply).Findings.Select(found => found.ToString()), .. _audit.Records.Select(record => System.Text.Json.JsonSerializer.Serialize(record))];

        Assert.All(said, text => Assert.DoesNotContain("example.com", text, StringComparison.OrdinalIgnoreCase));
    }

    private static bool OfReply(GuardReportFinding found) => found.Direction == Direction.Output;

    private static ChatMessage User(string text) => new(ChatRole.User, text);

    private Task<ChatResponse> AskAsync(IChatClient model, bool streaming, ChatMessage message) => AskAsync(model, streaming, [message]);

    private async Task<ChatResponse> AskAsync(IChatClient model, bool streaming, ChatMessage[] messages, ChatOptions? options = null, Policy? policy = null)
    {
        using var client = new GuardrailsChatClient(model, Some.Pipeline(_audit, policy ?? _policy));
        return streaming
            ? await client.GetStreamingResponseAsync(messages, options, Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync(messages, options, Cancellation);
    }

    private static GuardReport Report(ChatResponse reply) => Assert.IsType<GuardReport>(reply.AdditionalProperties![GuardReport.Key]);
}
