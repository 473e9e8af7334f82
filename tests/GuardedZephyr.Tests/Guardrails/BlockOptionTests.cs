using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>What <c>UseGuardrails</c> can be told.</summary>
public class BlockOptionTests
{
    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_request_throws_where_asked_for(bool streaming)
    {
        var model = new ScriptedChatClient("unreachable");

        var blocked = await Assert.ThrowsAsync<GuardBlockedException>(() => AskAsync(model, streaming, "You BADWORD"));

        Assert.Empty(model.Received);
        Assert.Equal((TurnPart.Request, Some.Refusal), (blocked.Report.BlockedAt, blocked.Refusal));
        Assert.Contains("block.insult", blocked.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BADWORD", blocked.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_reply_throws_behind_what_was_released(bool streaming)
    {
        string harmless = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));
        var released = new List<string>();

        var blocked = await Assert.ThrowsAsync<GuardBlockedException>(() => AskAsync(new ScriptedChatClient(harmless, "You BADWORD. "), streaming, "Hello", released));

        Assert.Equal(TurnPart.Reply, blocked.Report.BlockedAt);
        Assert.Equal(streaming ? harmless : "", string.Concat(released));
        Assert.Equal("blocked", _audit.Records[^1].Outcome);
    }

    [Fact]
    public async Task What_passes_does_not_throw() => await AskAsync(new ScriptedChatClient("Hi."), streaming: true, "Hello");

    [Fact]
    public async Task A_guard_is_chosen_by_its_key()
    {
        var services = new ServiceCollection();
        services.AddSingleton(GuardPolicies.Of(Some.Pipeline(policy: Some.Policy(Some.Redact("EMAIL_ADDRESS")))));
        services.AddKeyedSingleton("strict", GuardPolicies.Of(Some.Pipeline(policy: Some.Policy(Some.Block("EMAIL_ADDRESS")))));
        services.AddChatClient(new ScriptedChatClient("Hi.")).UseGuardrails();
        services.AddKeyedChatClient("strict", new ScriptedChatClient("Hi.")).UseGuardrails(serviceId: "strict");
        await using ServiceProvider provider = services.BuildServiceProvider();

        ChatResponse usual = await provider.GetRequiredService<IChatClient>().GetResponseAsync("I am ada@example.com", cancellationToken: Cancellation);
        ChatResponse strict = await provider.GetRequiredKeyedService<IChatClient>("strict").GetResponseAsync("I am ada@example.com", cancellationToken: Cancellation);

        Assert.Equal((ChatFinishReason.Stop, ChatFinishReason.ContentFilter), (usual.FinishReason, strict.FinishReason));
    }

    private async Task AskAsync(IChatClient model, bool streaming, string text, List<string>? released = null)
    {
        using IChatClient client = model.AsBuilder().UseGuardrails(Some.Pipeline(_audit), configure: options => options.ThrowOnBlock = true).Build();
        if (!streaming)
        {
            await client.GetResponseAsync(text, cancellationToken: Cancellation);
            return;
        }

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(text, cancellationToken: Cancellation))
        {
            released?.Add(update.Text);
        }
    }
}
