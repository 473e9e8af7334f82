using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Guards what a host brings piece by piece in one turn, where no <see cref="GuardrailsChatClient"/> can be put around the model: the request's messages in
/// their order, then the reply. A decision is in the audit log before its text is given. Not thread-safe: a turn is one flow.
/// </summary>
/// <remarks>What judges gives null when something does not pass: nothing may go on then, and <see cref="Refusal"/> says what to answer.</remarks>
/// <exception cref="Audit.AuditUnavailableException">Out of each method that judges: the decision could not be recorded.</exception>
public sealed class TurnGuard : IDisposable
{
    private readonly PolicyLease _lease;
    private readonly GuardPipeline _pipeline;
    private readonly GuardedTurn _turn;
    private readonly GuardedMessages _messages;
    private int _count;

    /// <param name="lease">Of the policy that judges the turn; given back when this is disposed.</param>
    /// <param name="model">The model's id, for the audit log.</param>
    public TurnGuard(PolicyLease lease, string? model = null)
    {
        ArgumentNullException.ThrowIfNull(lease);
        _lease = lease;
        _pipeline = lease.Pipeline;
        _turn = new GuardedTurn(_pipeline, GuardedTurn.NewId(), conversation: null, model);
        _messages = new GuardedMessages(_pipeline, _turn, new RequestTexts(_pipeline, _turn));
    }

    /// <summary>The policy's answer in place of what was blocked; null as long as all passed.</summary>
    public string? Refusal => _turn.Blocking is { } verdict ? _pipeline.Policy.ReplyFor(verdict) : null;

    public GuardReport Report() => _turn.Report();

    /// <exception cref="InvalidOperationException">Nothing was blocked.</exception>
    public GuardBlockedException Blocked() => new(Report(), Refusal ?? throw new InvalidOperationException("All texts of this turn passed."));

    /// <summary>
    /// Takes note of a message of the user or of the assistant that is judged elsewhere, so that its values are known as the user's own and what follows is judged with it. Nothing is
    /// recorded.
    /// </summary>
    public async ValueTask ReadAsync(ChatRole role, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        Direction direction = role == ChatRole.Assistant ? Direction.Output : Direction.Input;
        Detection spans = await _pipeline.Detectors.DetectSpansAsync(_turn.Conversation.Next(role, text), direction, _turn.NewDeadline(), cancellationToken);
        _turn.Pseudonyms.Note(text, direction, spans.Findings, seenByUser: true);
    }

    /// <summary>What the model may see of the request's next message, a function's result among them.</summary>
    public async ValueTask<ChatMessage?> RequestAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ChatMessage enforced = await _messages.JudgeAsync(_count++, message, cancellationToken);
        await _turn.CommitAsync(cancellationToken);
        return _turn.Blocking is null ? enforced : null;
    }

    /// <summary>What the user may see of a whole reply.</summary>
    public async ValueTask<string?> ReplyAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var gate = new Gate(_pipeline, _turn, new GateOptions());
        string released = await gate.PushAsync(text, cancellationToken) + await gate.CompleteAsync(cancellationToken);
        return _turn.Blocking is null ? released : null;
    }

    /// <summary>What a function may be called with.</summary>
    public async ValueTask<FunctionCallContent?> CallAsync(FunctionCallContent call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!FunctionCalls.IsReadable(call))
        {
            await RefuseAsync(TurnPart.Reply, Direction.Output, cancellationToken);
            return null;
        }

        JsonJudge.Enforced? json = await new JsonJudge(_pipeline, _turn).JudgeAsync(
            TurnPart.Reply, Direction.Output, null, FunctionCalls.ToJson(call), FunctionCalls.Names, cancellationToken);
        await _turn.CommitAsync(cancellationToken);
        return json is null ? null : FunctionCalls.FromJson(call, json.Node);
    }

    /// <summary>Records that something came which is not text and so cannot be judged; it does not pass.</summary>
    public ValueTask RefuseAsync(TurnPart part, Direction direction, CancellationToken cancellationToken)
    {
        _turn.Add(part, direction, null, "", 0, Unjudged.NotText, TimeSpan.Zero);
        return _turn.CommitAsync(cancellationToken);
    }

    public void Dispose() => _lease.Dispose();
}
