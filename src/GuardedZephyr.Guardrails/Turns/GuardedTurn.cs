using GuardedZephyr.Audit;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>One turn's decisions: collects them, makes them durable, sums them up. Not thread-safe: a turn is one flow.</summary>
internal sealed class GuardedTurn(GuardPipeline pipeline, string id, string? conversation, string? model)
{
    private readonly List<AuditRecord> _pending = [];
    private readonly List<GuardReportFinding> _findings = [];
    private readonly List<string> _rules = [];
    private readonly List<string> _failedDetectors = [];
    private readonly List<string> _skippedDetectors = [];
    private readonly ShadowTurn _shadow = new();
    private Outcome _outcome;
    private RuleAction _action;
    private TurnPart? _blockedAt;
    private TimeSpan _guardTime;

    /// <summary>Numbered by the request, used by the reply.</summary>
    public Pseudonyms Pseudonyms { get; } = new(pipeline.Policy);

    /// <summary>The request as far as it is judged: what later texts and the reply are judged with.</summary>
    public Conversation Conversation { get; } = new();

    /// <summary>Languages of the guard's own texts, as <see cref="GuardrailsChatClient.LocaleKey"/> has them.</summary>
    public string? Locales { get; init; }

    /// <summary>The first verdict that let nothing pass.</summary>
    public Verdict? Blocking { get; private set; }

    /// <summary>How often a blocked segment of the reply may be written anew: 0 unless the policy asks for it and the model can.</summary>
    public int RetryLimit { get; init; }

    /// <summary>Segments of the reply that were thrown away.</summary>
    public int Retries { get; private set; }

    /// <summary>Whether the turn came to its end, be it a refusal.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether decisions of it could not be recorded.</summary>
    public bool IsUnrecorded { get; private set; }

    public static string NewId() => Guid.CreateVersion7().ToString("N");

    /// <summary>Takes a decision in. Nothing that rests on it may be released before <see cref="CommitAsync"/>.</summary>
    /// <param name="message">Index of the request's message; null for the reply and for instructions.</param>
    /// <param name="textStart">Where <paramref name="text"/> starts in the message or reply that the findings' offsets count from.</param>
    public void Add(TurnPart part, Direction direction, int? message, string text, int textStart, Judgement judgement, TimeSpan elapsed)
    {
        Verdict verdict = judgement.Verdict;
        PolicyMetrics.Decided(pipeline.Policy, verdict);
        pipeline.Metrics.Decided(direction, verdict, Names.Of(verdict.Action), pipeline.Policy.Identity, elapsed);
        _shadow.Add(verdict);
        _findings.AddRange(verdict.Findings.Select(finding => new GuardReportFinding(direction, message, finding, judgement.ActionOn(finding, direction, pipeline.Policy))));
        _rules.AddRange(verdict.Rules.Except(_rules));
        _failedDetectors.AddRange(verdict.FailedDetectors.Except(_failedDetectors));
        _skippedDetectors.AddRange(verdict.SkippedDetectors.Except(_skippedDetectors));
        _outcome = (Outcome)Math.Max((int)_outcome, (int)verdict.Outcome);
        _action = (RuleAction)Math.Max((int)_action, (int)verdict.Action);
        if (!verdict.Passes && Blocking is null)
        {
            Blocking = verdict;
            _blockedAt = part;
        }

        _pending.Add(Record(direction, Names.Of(verdict.Outcome), verdict, text, textStart, elapsed));
        Spend(elapsed);
    }

    /// <summary>Counts time of the guard's own that gave no decision.</summary>
    public void Spend(TimeSpan elapsed) => _guardTime += elapsed;

    /// <summary>What is left of the guard's time for this turn, from now on.</summary>
    public Deadline NewDeadline() => new(pipeline.Time, pipeline.Policy.Deadline - _guardTime);

    /// <summary>
    /// Takes in that a segment of the reply is thrown away and written anew, as long as there are retries left: it is recorded, and counts neither as the turn's
    /// outcome nor among its findings. A segment that could not be judged is no better the next time, and a text that a person wrote is the answer.
    /// </summary>
    /// <returns>False when the turn ends here, and <see cref="Add"/> is to be called.</returns>
    public bool TryDiscard(string text, int textStart, Verdict verdict, TimeSpan elapsed)
    {
        if (verdict is not { Outcome: Outcome.Blocked, Action: RuleAction.Block } || Retries >= RetryLimit)
        {
            return false;
        }

        Retries++;
        _pending.Add(Record(Direction.Output, Names.Of(verdict.Outcome), verdict, text, textStart, elapsed) with { Action = Names.Retry });
        Spend(elapsed);
        pipeline.Metrics.Decided(Direction.Output, verdict, Names.Retry, pipeline.Policy.Identity, elapsed);
        pipeline.Metrics.Retried();
        return true;
    }

    /// <exception cref="AuditUnavailableException">The decisions are not recorded: nothing may be released.</exception>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (_pending.Count == 0)
        {
            return;
        }

        long started = pipeline.Time.GetTimestamp();
        try
        {
            await pipeline.Audit.AppendAsync([.. _pending], cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            IsUnrecorded = true;
            throw;
        }

        _pending.Clear();
        Spend(pipeline.Time.GetElapsedTime(started));
    }

    /// <summary>Records that the turn ended before its reply did.</summary>
    public ValueTask AbortAsync()
    {
        _pending.Clear();
        _pending.Add(Record(Direction.Output, Names.Aborted, Nothing, "", 0, TimeSpan.Zero));

        // The client's own token is cancelled by now; the log has a deadline of its own.
        return CommitAsync(CancellationToken.None);
    }

    /// <summary>The report that goes out: the turn is complete with it.</summary>
    public GuardReport Complete()
    {
        IsComplete = true;
        return Report();
    }

    public GuardReport Report() => new()
    {
        Turn = id,
        Outcome = _outcome,
        Action = _action,
        Rules = [.. _rules],
        BlockedAt = _blockedAt,
        Findings = [.. _findings],
        FailedDetectors = [.. _failedDetectors],
        SkippedDetectors = [.. _skippedDetectors],
        Shadow = _shadow.Report,
        Retries = Retries,
        Policy = pipeline.Policy.Identity,
        GuardTime = _guardTime,
    };

    private static Verdict Nothing { get; } = new() { Outcome = Outcome.Allowed, Action = RuleAction.Allow, Rules = [], Findings = [] };

    private AuditRecord Record(Direction direction, string outcome, Verdict verdict, string text, int textStart, TimeSpan elapsed) => new()
    {
        Time = pipeline.Time.GetUtcNow(),
        Turn = id,
        Conversation = conversation,
        Direction = Names.Of(direction),
        Outcome = outcome,
        Action = Names.Of(verdict.Action),
        Rules = verdict.Rules,
        ShadowRules = verdict.ShadowRules,
        ShadowOutcome = verdict.Shadow is { } shadow ? Names.Of(shadow.Outcome) : null,
        ShadowAction = verdict.Shadow is { } wouldBe ? Names.Of(wouldBe.Action) : null,
        Findings = [.. verdict.Findings.Select(finding => new AuditFinding(finding.Category, finding.Start, finding.Length, finding.Score, finding.Detector))],
        FailedDetectors = verdict.FailedDetectors,
        PolicyName = pipeline.Policy.Identity.Name,
        PolicyVersion = pipeline.Policy.Identity.Version,
        PolicySha256 = pipeline.Policy.Identity.Sha256,
        Model = model,
        GuardMilliseconds = elapsed.TotalMilliseconds,
        TextHmac = pipeline.AuditKey.Hash(text),
        KeyId = pipeline.AuditKey.KeyId,
        TextStart = textStart,
        TextLength = text.Length,
    };
}
