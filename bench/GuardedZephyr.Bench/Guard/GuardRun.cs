using System.Diagnostics;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Bench;

/// <summary>The measurements, each once a round, so that what disturbs the machine disturbs all of them.</summary>
internal sealed class GuardRun(CopiedPolicies policies, int turns)
{
    public const int InputLength = 1_000;
    public const int ReplyTokens = 256;
    public const int ConversationTurns = 50;
    public const double TokensPerSecond = 15;

    /// <summary>Characters of a token of English text, about.</summary>
    private const int TokenLength = 4;
    private const int MessageLength = 200;
    private const int WarmUp = 50;

    private readonly PlainProse _prose = new(seed: 1);

    /// <summary>Milliseconds from the request to the call of the model, one a turn, with the decision durable in SQLite.</summary>
    public List<double> BeforeModel { get; } = [];

    /// <summary>The same without writing decisions down.</summary>
    public List<double> BeforeModelUnrecorded { get; } = [];

    /// <summary>The guard's milliseconds in a turn, with SQLite.</summary>
    public List<double> GuardOfTurn { get; } = [];

    /// <summary>Turns a second on all cores, one a round; decisions are not written down.</summary>
    public List<double> TurnsPerSecond { get; } = [];

    /// <summary>Bytes allocated in a turn, one a round.</summary>
    public List<double> BytesPerTurn { get; } = [];

    /// <summary>The guard's milliseconds in a whole conversation, one a round.</summary>
    public List<double> CachedConversation { get; } = [];

    public List<double> UncachedConversation { get; } = [];

    /// <summary>The guard's milliseconds in the last turn of a conversation, one a round.</summary>
    public List<double> CachedLastTurn { get; } = [];

    public List<double> UncachedLastTurn { get; } = [];

    public async Task ExecuteAsync(int rounds, ProgressLine progress, CancellationToken cancellationToken)
    {
        await using SqliteAuditLog sqlite = SqliteAuditLog.Open(policies.AuditLog);
        using var recorded = GuardPipeline.Load(policies.Standard, sqlite, AuditKey.Ephemeral());
        using var alone = GuardPipeline.Load(policies.Standard, new DiscardingAuditLog(), AuditKey.Ephemeral());
        using var uncached = GuardPipeline.Load(policies.Uncached, new DiscardingAuditLog(), AuditKey.Ephemeral());
        foreach (GuardPipeline pipeline in new[] { recorded, alone, uncached })
        {
            await TurnsAsync(pipeline, WarmUp, [], [], cancellationToken);
        }

        for (int round = 1; round <= rounds; round++)
        {
            progress.Show("guard", round - 1, rounds);
            await TurnsAsync(recorded, turns, BeforeModel, GuardOfTurn, cancellationToken);
            await TurnsAsync(alone, turns, BeforeModelUnrecorded, [], cancellationToken);
            await ThroughputAsync(alone, cancellationToken);
            await ConversationAsync(alone, CachedConversation, CachedLastTurn, cancellationToken);
            await ConversationAsync(uncached, UncachedConversation, UncachedLastTurn, cancellationToken);
        }

        progress.Show("guard", rounds, rounds);
    }

    private async Task TurnsAsync(GuardPipeline pipeline, int count, List<double> beforeModel, List<double> guard, CancellationToken cancellationToken)
    {
        for (int turn = 0; turn < count; turn++)
        {
            var model = new TokenChatClient(_prose.Text(ReplyTokens * TokenLength), ReplyTokens);
            string input = _prose.Text(InputLength);
            long started = Stopwatch.GetTimestamp();
            GuardReport report = await AskAsync(pipeline, model, [new ChatMessage(ChatRole.User, input)], cancellationToken);
            beforeModel.Add(Stopwatch.GetElapsedTime(started, model.AskedAt).TotalMilliseconds);
            guard.Add(report.GuardTime.TotalMilliseconds);
        }
    }

    private async Task ThroughputAsync(GuardPipeline pipeline, CancellationToken cancellationToken)
    {
        (string Input, TokenChatClient Model)[] work = [.. Enumerable.Range(0, turns).Select(_ => (_prose.Text(InputLength), new TokenChatClient(_prose.Text(ReplyTokens * TokenLength), ReplyTokens)))];
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (turn, token) =>
            await AskAsync(pipeline, turn.Model, [new ChatMessage(ChatRole.User, turn.Input)], token));
        TurnsPerSecond.Add(turns / Stopwatch.GetElapsedTime(started).TotalSeconds);
        BytesPerTurn.Add((double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / turns);
    }

    private async Task ConversationAsync(GuardPipeline pipeline, List<double> whole, List<double> last, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage>();
        double sum = 0;
        double ofLast = 0;
        for (int turn = 0; turn < ConversationTurns; turn++)
        {
            string reply = _prose.Text(MessageLength);
            messages.Add(new ChatMessage(ChatRole.User, _prose.Text(MessageLength)));
            GuardReport report = await AskAsync(pipeline, new TokenChatClient(reply, MessageLength / TokenLength), messages, cancellationToken);
            messages.Add(new ChatMessage(ChatRole.Assistant, reply));
            ofLast = report.GuardTime.TotalMilliseconds;
            sum += ofLast;
        }

        whole.Add(sum);
        last.Add(ofLast);
    }

    private static async Task<GuardReport> AskAsync(GuardPipeline pipeline, TokenChatClient model, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        using var client = new GuardrailsChatClient(model, pipeline);
        GuardReport? report = null;
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(messages, cancellationToken: cancellationToken))
        {
            report = update.AdditionalProperties?.GetValueOrDefault(GuardReport.Key) as GuardReport ?? report;
        }

        return report is { BlockedAt: null } ? report : throw new InvalidDataException("A harmless turn did not pass, so its time says nothing.");
    }
}
