using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Guards the texts of one turn that a host brings one by one, where no <see cref="GuardrailsChatClient"/> can be put around the model: the request's in
/// their order, then the reply's. A decision is in the audit log before its text is given. Not thread-safe: a turn is one flow.
/// </summary>
/// <remarks>Each method gives null when the text does not pass: nothing may go on then, and <see cref="Refusal"/> says what to answer.</remarks>
/// <exception cref="Audit.AuditUnavailableException">Out of each method: the decision could not be recorded.</exception>
public sealed class TurnGuard
{
    private readonly GuardPipeline _pipeline;
    private readonly GuardedTurn _turn;
    private readonly ToolJudge _tools;

    /// <param name="model">The model's id, for the audit log.</param>
    public TurnGuard(GuardPipeline pipeline, string? model = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _pipeline = pipeline;
        _turn = new GuardedTurn(pipeline, GuardedTurn.NewId(), conversation: null, model);
        _tools = new ToolJudge(pipeline, _turn);
    }

    /// <summary>The policy's answer in place of what was blocked; null as long as all passed.</summary>
    public string? Refusal => _turn.Blocking is { } verdict ? _pipeline.Policy.ReplyFor(verdict) : null;

    public GuardReport Report() => _turn.Report();

    /// <exception cref="InvalidOperationException">Nothing was blocked.</exception>
    public GuardBlockedException Blocked() => new(Report(), Refusal ?? throw new InvalidOperationException("All texts of this turn passed."));

    /// <summary>Takes note of a message that is judged elsewhere, so that its values are known as the user's own. Nothing is recorded.</summary>
    public async ValueTask ReadAsync(string text, Direction direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        Detection spans = await _pipeline.Detectors.DetectSpansAsync(GuardText.From(text), direction, cancellationToken);
        _turn.Pseudonyms.Note(text, direction, spans.Findings, seenByUser: true);
    }

    /// <summary>What the model may see of a text of the request.</summary>
    /// <param name="seenByUser">The text is the user's or the assistant's: its values may stand in the reply.</param>
    public async ValueTask<string?> RequestAsync(string text, Direction direction, bool seenByUser, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        long started = _pipeline.Time.GetTimestamp();
        Judgement judgement = await _pipeline.JudgeAsync(text, direction, _turn.Pseudonyms, seenByUser, cancellationToken);
        _turn.Add(TurnPart.Request, direction, null, text, 0, judgement, _pipeline.Time.GetElapsedTime(started));
        await _turn.CommitAsync(cancellationToken);
        return judgement.EnforcedText;
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
    public async ValueTask<FunctionCallContent?> CallAsync(FunctionCallContent call, CancellationToken cancellationToken) =>
        (FunctionCallContent?)await ToolAsync(call, TurnPart.Reply, cancellationToken);

    /// <summary>What the model may see of a function's result.</summary>
    public async ValueTask<FunctionResultContent?> ResultAsync(FunctionResultContent result, CancellationToken cancellationToken) =>
        (FunctionResultContent?)await ToolAsync(result, TurnPart.Request, cancellationToken);

    /// <summary>Records that something came which is not text and so cannot be judged; it does not pass.</summary>
    public ValueTask RefuseAsync(TurnPart part, Direction direction, CancellationToken cancellationToken)
    {
        _turn.Add(part, direction, null, "", 0, Unjudged.NotText, TimeSpan.Zero);
        return _turn.CommitAsync(cancellationToken);
    }

    private async ValueTask<AIContent?> ToolAsync(AIContent content, TurnPart part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        AIContent? judged = await _tools.JudgeAsync(content, part, null, cancellationToken);
        await _turn.CommitAsync(cancellationToken);
        return judged;
    }
}
