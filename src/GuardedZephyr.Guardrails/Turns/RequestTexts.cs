using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>Judges what a request is made of, piece by piece, and takes each decision into the turn.</summary>
internal sealed class RequestTexts(GuardPipeline pipeline, GuardedTurn turn)
{
    private readonly JsonJudge _json = new(pipeline, turn);

    /// <param name="message">Index of the message; null for options.</param>
    /// <param name="seenByUser">The text is a message of the user or of the assistant: its values may stand in the reply.</param>
    /// <param name="trusted">What is found is recorded alone, and the text goes on as it is.</param>
    /// <returns>The enforced text; null when it does not pass.</returns>
    public ValueTask<string?> TextAsync(Direction direction, int? message, string text, bool seenByUser, CancellationToken cancellationToken, bool trusted = false) =>
        TextAsync(direction, message, GuardText.From(text), seenByUser, cancellationToken, trusted);

    /// <inheritdoc cref="TextAsync(Direction, int?, string, bool, CancellationToken, bool)"/>
    /// <param name="text">With what came before it.</param>
    public async ValueTask<string?> TextAsync(Direction direction, int? message, GuardText text, bool seenByUser, CancellationToken cancellationToken, bool trusted = false)
    {
        long started = pipeline.Time.GetTimestamp();
        Judgement judgement = await pipeline.JudgeAsync(text, direction, turn.Pseudonyms, seenByUser, onlyUntilSettled: true, turn.NewDeadline(), cancellationToken);
        judgement = trusted ? Recorded(judgement.Verdict, text.Original) : judgement;
        turn.Add(TurnPart.Request, direction, message, text.Original, 0, judgement, pipeline.Time.GetElapsedTime(started));
        return judgement.EnforcedText;
    }

    /// <inheritdoc cref="JsonJudge.JudgeAsync"/>
    public ValueTask<JsonJudge.Enforced?> JsonAsync(Direction direction, int? message, object? value, string[] names, CancellationToken cancellationToken) =>
        _json.JudgeAsync(TurnPart.Request, direction, message, value, names, cancellationToken);

    /// <summary>What no detector can be asked about.</summary>
    public void Unreadable(Direction direction, int? message) => turn.Add(TurnPart.Request, direction, message, "", 0, Unjudged.NotText, TimeSpan.Zero);

    private static Judgement Recorded(Verdict verdict, string text) => new(
        verdict with { Outcome = Outcome.Allowed, Action = RuleAction.Allow, Rules = [], ShadowRules = [.. verdict.Rules, .. verdict.ShadowRules], Response = null },
        text);
}
