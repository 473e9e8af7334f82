using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>A reply that is blocked midway is written anew from its last released character, by models that can.</summary>
public sealed class RetryTests
{
    private const string Good = "A harmless sentence that is long enough to be a segment. ";
    private const string Bad = "You are a BADWORD and so is everybody else in this town. ";

    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_segment_is_written_anew_and_the_caller_sees_nothing_of_it(bool streaming)
    {
        var model = new ContinuingChatClient([Good, Bad, Good, Good], ["Then ", "something better ", "was said. "]);

        ChatResponse reply = await AskAsync(model, streaming, retries: 2);

        Assert.Equal($"{Good}Then something better was said. ", reply.Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
        Assert.Equal(["", Good], model.Asked.Select(asked => asked.Start));
        Assert.Equal([Bad], model.Asked[1].NotBeginning);
        GuardReport report = Report(reply);
        Assert.Equal((Outcome.Allowed, RuleAction.Allow, 1), (report.Outcome, report.Action, report.Retries));
        Assert.Empty(report.Rules);
        Assert.Empty(report.Findings);
        Assert.Single(reply.Messages);
        Assert.Equal(("response-0", "message-0"), (reply.ResponseId, reply.Messages[0].MessageId));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 5)]
    [InlineData(true, 5)]
    public async Task A_reply_that_is_blocked_once_more_than_it_may_is_refused_and_every_try_is_in_the_log(bool streaming, int retries)
    {
        var model = new ContinuingChatClient([.. Enumerable.Range(0, 7).Select(i => new[] { i == 0 ? Good : "", $"{i}. {Bad}", Good })]);

        ChatResponse reply = await AskAsync(model, streaming, retries);

        Assert.Equal($"{Good}\n\n{Some.Refusal}", reply.Text);
        Assert.Equal(ChatFinishReason.ContentFilter, reply.FinishReason);
        Assert.Equal(retries + 1, model.Asked.Count);
        Assert.Equal(Enumerable.Range(0, retries).Select(i => $"{i}. {Bad}"), model.Asked[^1].NotBeginning);
        Assert.Equal(
            ["input allowed allow", "output allowed allow", .. Enumerable.Repeat("output blocked retry", retries), "output blocked block"],
            _audit.Records.Select(record => $"{record.Direction} {record.Outcome} {record.Action}"));
        Assert.All(_audit.Records.Skip(2), record => Assert.Equal((Good.Length, "block.insult"), (record.TextStart, record.Rules[0])));
        Assert.Equal((Outcome.Blocked, retries, TurnPart.Reply), (Report(reply).Outcome, Report(reply).Retries, Report(reply).BlockedAt));
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 2)]
    public async Task Usage_has_the_tokens_of_every_try_as_far_as_they_were_told(bool streaming, int ofFirst)
    {
        // The streamed try is broken off where the guard has seen enough, which is the reach of its detectors behind the segment.
        var model = new ContinuingChatClient([Good, Bad + Enough, Good, Good], ["Fine. "]);

        ChatResponse reply = await AskAsync(model, streaming, retries: 1);

        Assert.Equal((7, ofFirst + 1, 7 + ofFirst + 1), (reply.Usage!.InputTokenCount, reply.Usage.OutputTokenCount, reply.Usage.TotalTokenCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_model_continues_its_own_text_and_not_the_restored_one(bool streaming)
    {
        Policy policy = new() { Identity = Some.Policy().Identity, Responses = Some.Policy().Responses, Rules = [Some.Block("insult"), Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")], Retries = 1 };
        var model = new ContinuingChatClient(["Your address is <EMAIL_ADDRESS_1>, which I have from you. ", Bad], ["Bye, <EMAIL_ADDRESS_1>."]);

        ChatResponse reply = await AskAsync(model, streaming, policy, "I am ada@example.com");

        Assert.Equal("Your address is <EMAIL_ADDRESS_1>, which I have from you. ", model.Asked[1].Start);
        Assert.Equal("Your address is ada@example.com, which I have from you. Bye, ada@example.com.", reply.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_finding_across_the_place_where_the_reply_goes_on_is_found(bool streaming)
    {
        string lead = new string('x', 30) + " and my number is ";
        var model = new ContinuingChatClient([lead + "BADWORD. "], ["536-22-1234."], ["never"]);
        Policy policy = WithRetries(1);

        ChatResponse reply = await AskAsync(model, streaming, policy, "Hello", new GateOptions { MinSegment = 1, MaxSegment = lead.Length });

        Assert.Equal(lead, model.Asked[1].Start);
        Assert.Equal($"{lead}[US_SSN].", reply.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_that_cannot_continue_is_refused_at_once(bool streaming)
    {
        var model = new ContinuingChatClient([Good, Bad], ["never"]) { CanContinue = false };

        ChatResponse reply = await AskAsync(model, streaming, retries: 2);

        Assert.Equal($"{Good}\n\n{Some.Refusal}", reply.Text);
        Assert.Single(model.Asked);
        Assert.Equal(0, Report(reply).Retries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_that_a_person_wrote_is_the_answer_and_not_tried_again(bool streaming)
    {
        var model = new ContinuingChatClient([Good, "You should HURTME now. "], ["never"]);

        ChatResponse reply = await AskAsync(model, streaming, retries: 2);

        Assert.Equal($"{Good}\n\n{Some.Crisis}", reply.Text);
        Assert.Single(model.Asked);
    }

    [Fact]
    public async Task Each_try_has_a_seed_of_its_own()
    {
        var model = new ContinuingChatClient([Bad], [Bad], [Good]);

        await AskAsync(model, streaming: true, WithRetries(2), "Hello", options: new ChatOptions { Seed = 11 });

        Assert.Equal([11, 12, 13], model.Options.Select(options => options!.Seed));
    }

    [Fact]
    public async Task A_caller_cannot_put_words_into_the_start_of_the_reply()
    {
        var model = new ContinuingChatClient(["22-1234."]);
        var options = new ChatOptions { AdditionalProperties = new() { [Continuation.ContinueKey] = true, [Continuation.NotBeginningKey] = new[] { "x" } } };
        using var client = new GuardrailsChatClient(model, Some.Pipeline(_audit));

        await client.GetResponseAsync([new(ChatRole.User, "Hello"), new(ChatRole.Assistant, "536-")], options, Cancellation);

        (string start, string[] notBeginning) = Assert.Single(model.Asked);
        Assert.Equal(("", 0), (start, notBeginning.Length));
    }

    [Fact]
    public async Task The_projects_own_engine_goes_on_from_the_last_released_character()
    {
        const string First = "I am Zephyr nano, a small demonstration model of GuardedZephyr. ";
        using DecodeEngine engine = DecodeEngine.Load(ModelFolder.Load(Path.Combine(Repository.Root, "models", "zephyr-nano")), new EngineOptions { Threads = 1, Slots = 1 });
        using var model = new ZephyrChatClient(engine);
        using var client = new GuardrailsChatClient(model, Some.Pipeline(_audit, WithRetries(3), [new WordDetector("StableLM", "insult")]));
        var options = new ChatOptions { Temperature = 0 };

        ChatResponse plain = await client.GetResponseAsync("Who are you?", options, Cancellation);
        ChatResponse streamed = await client.GetStreamingResponseAsync("Who are you?", options, Cancellation).ToChatResponseAsync(Cancellation);

        Assert.StartsWith(First, plain.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("StableLM", plain.Text, StringComparison.Ordinal);
        Assert.Equal(plain.Text, streamed.Text);
        Assert.InRange(Report(plain).Retries, 1, 3);
        Assert.Equal(2 * Report(plain).Retries, _audit.Records.Count(record => record.Action == Names.Retry));
        Assert.True(plain.Usage!.OutputTokenCount > engine.Tokenizer.Encode(plain.Text).Count, "tokens that were thrown away are missing");
    }

    /// <summary>More than any recognizer's reach.</summary>
    private static string Enough { get; } = string.Concat(Enumerable.Repeat(Good, 8));

    private static Policy WithRetries(int retries) => new() { Identity = Some.Policy().Identity, Responses = Some.Policy().Responses, Rules = Some.UsualRules, Retries = retries };

    private Task<ChatResponse> AskAsync(IChatClient model, bool streaming, int retries) => AskAsync(model, streaming, WithRetries(retries), "Hello");

    private async Task<ChatResponse> AskAsync(IChatClient model, bool streaming, Policy policy, string text, GateOptions? gate = null, ChatOptions? options = null)
    {
        using var client = new GuardrailsChatClient(model, Some.Pipeline(_audit, policy), new GuardrailsChatClientOptions { Gate = gate ?? new GateOptions() });
        return streaming
            ? await client.GetStreamingResponseAsync(text, options, Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync(text, options, Cancellation);
    }

    private static GuardReport Report(ChatResponse reply) => Assert.IsType<GuardReport>(reply.AdditionalProperties![GuardReport.Key]);
}
