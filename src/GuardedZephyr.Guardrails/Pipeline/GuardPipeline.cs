using GuardedZephyr.Audit;
using GuardedZephyr.Classification;
using GuardedZephyr.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuardedZephyr.Guardrails;

/// <summary>A policy, the detectors that it needs and the audit log that its decisions go to. Thread-safe.</summary>
public sealed class GuardPipeline : IDisposable
{
    private readonly DetectionCache _cache;
    private HarmDetector? _harm;
    private IDisposable? _owned;

    /// <param name="detectors">The policy's own, which are asked first, and slow ones such as the harm classifier's, each of which has the policy's limits.</param>
    public GuardPipeline(
        Policy policy,
        IEnumerable<IDetector> detectors,
        IAuditLog audit,
        AuditKey auditKey,
        TimeProvider? time = null,
        ILogger<GuardPipeline>? logger = null)
        : this(policy, detectors, audit, auditKey, time, logger, GuardMetrics.Shared)
    {
    }

    internal GuardPipeline(
        Policy policy, IEnumerable<IDetector> detectors, IAuditLog audit, AuditKey auditKey, TimeProvider? time, ILogger<GuardPipeline>? logger, GuardMetrics metrics)
    {
        Policy = policy;
        AuditKey = auditKey;
        Metrics = metrics;
        Time = time ?? TimeProvider.System;
        Audit = new DecisionLog(audit, policy.Deadline, Time);
        Detectors = new DetectorSet(policy, detectors, Time, logger ?? NullLogger<GuardPipeline>.Instance);
        _cache = new DetectionCache(policy.Identity, policy.Cache, Metrics);
    }

    public Policy Policy { get; }

    internal DecisionLog Audit { get; }

    internal AuditKey AuditKey { get; }

    internal TimeProvider Time { get; }

    internal DetectorSet Detectors { get; }

    internal GuardMetrics Metrics { get; }

    /// <summary>Loads a policy and the models that it names.</summary>
    /// <exception cref="PolicyFileException">The policy cannot be used, or its rules or its mapping of labels name some that a model lacks.</exception>
    /// <exception cref="ClassifierFolderException">A model cannot be used.</exception>
    public static GuardPipeline Load(string policyPath, IAuditLog audit, AuditKey auditKey, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        var loaded = LoadedPolicy.Load(policyPath, new ModelShelf());
        return Of(loaded.Policy, loaded.Models, audit, auditKey, time, loggers, loaded);
    }

    /// <param name="owned">Disposed with the pipeline.</param>
    internal static GuardPipeline Of(
        Policy policy, IReadOnlyList<IDetector> models, IAuditLog audit, AuditKey auditKey, TimeProvider? time, ILoggerFactory? loggers, IDisposable? owned = null) =>
        new(policy, [.. policy.Detectors, .. models], audit, auditKey, time, loggers?.CreateLogger<GuardPipeline>())
        {
            _harm = models.Select(model => model is SharedModel shared ? shared.Detector : model).OfType<HarmDetector>().FirstOrDefault(),
            _owned = owned,
        };

    /// <summary>Judges one whole text without recording the decision: for tools that release nothing.</summary>
    public ValueTask<Judgement> JudgeAsync(string text, Direction direction, CancellationToken cancellationToken) =>
        JudgeAsync(text, direction, new Pseudonyms(Policy), cancellationToken);

    /// <inheritdoc cref="JudgeAsync(string, Direction, CancellationToken)"/>
    /// <param name="pseudonyms">Shared by the texts of one conversation, which are judged in their order.</param>
    public ValueTask<Judgement> JudgeAsync(string text, Direction direction, Pseudonyms pseudonyms, CancellationToken cancellationToken) =>
        JudgeAsync(GuardText.From(text), direction, pseudonyms, cancellationToken);

    /// <inheritdoc cref="JudgeAsync(string, Direction, Pseudonyms, CancellationToken)"/>
    /// <param name="text">With what came before it: see <see cref="Conversation"/>.</param>
    public ValueTask<Judgement> JudgeAsync(GuardText text, Direction direction, Pseudonyms pseudonyms, CancellationToken cancellationToken) =>
        JudgeAsync(text, direction, pseudonyms, seenByUser: false, onlyUntilSettled: false, NewDeadline(), cancellationToken);

    /// <summary>What the harm classifier makes of every window of the text: for explanations. Nothing is recorded.</summary>
    /// <returns>Empty when the policy has no classifier.</returns>
    /// <exception cref="DetectionException">The text cannot be judged.</exception>
    public IReadOnlyList<ExplainedWindow> ExplainHarm(GuardText text, Direction direction, CancellationToken cancellationToken = default) =>
        _harm?.Explain(text, direction, cancellationToken) ?? [];

    /// <summary>What the detectors of spans find, whether or not a rule asks for it: for explanations. Nothing is recorded.</summary>
    /// <exception cref="DetectionException">A detector failed.</exception>
    public async ValueTask<IReadOnlyList<Finding>> FindSpansAsync(string text, Direction direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        Detection spans = await Detectors.DetectSpansAsync(GuardText.From(text), direction, NewDeadline(), cancellationToken);
        return spans.FailedDetectors.Count == 0 ? spans.Findings : throw new DetectionException($"{string.Join(", ", spans.FailedDetectors)}: the detector failed on this text");
    }

    /// <summary>Judges one whole text and records the decision before it gives it.</summary>
    /// <exception cref="AuditUnavailableException">The decision could not be recorded.</exception>
    public async ValueTask<Judgement> DecideAsync(string text, Direction direction, CancellationToken cancellationToken)
    {
        long started = Time.GetTimestamp();
        return await RecordAsync(text, direction, await JudgeAsync(text, direction, cancellationToken), started, cancellationToken);
    }

    /// <summary>Carries out what the policy replaces and nothing else, whatever else the text holds, and records the decision.</summary>
    /// <returns>The text with its replacements; the policy's refusal when the detectors failed.</returns>
    /// <exception cref="AuditUnavailableException">The decision could not be recorded.</exception>
    public async ValueTask<string> RedactAsync(string text, Direction direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        long started = Time.GetTimestamp();
        Detection spans = await Detectors.DetectSpansAsync(GuardText.From(text), direction, NewDeadline(), cancellationToken);
        Judgement judgement = await RecordAsync(text, direction, Judge(text, direction, spans, new Pseudonyms(Policy), seenByUser: false), started, cancellationToken);
        return judgement.EnforcedText ?? Policy.ReplyFor(judgement.Verdict);
    }

    /// <summary>Waits for nothing: a model goes when the last call that runs in it has ended, be it one that nobody waits for any more.</summary>
    public void Dispose()
    {
        Detectors.Dispose();
        Audit.Dispose();
        _owned?.Dispose();
    }

    /// <param name="seenByUser">The text is a message of the user or of the assistant: its values may stand in the reply.</param>
    /// <param name="onlyUntilSettled">Slow detectors are skipped when the text is blocked whatever they say.</param>
    internal async ValueTask<Judgement> JudgeAsync(
        GuardText text, Direction direction, Pseudonyms pseudonyms, bool seenByUser, bool onlyUntilSettled, Deadline deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        Detection detection = await _cache.GetAsync(text, direction, () => Detectors.DetectAsync(text, direction, onlyUntilSettled, deadline, cancellationToken));
        return Judge(text.Original, direction, detection, pseudonyms, seenByUser);
    }

    internal Operators OperatorsWith(Pseudonyms pseudonyms) => new(AuditKey.Hash, pseudonyms);

    private Judgement Judge(string text, Direction direction, Detection detection, Pseudonyms pseudonyms, bool seenByUser)
    {
        Verdict verdict = Policy.Decide(direction, detection.Findings, detection.FailedDetectors, detection.SkippedDetectors);
        pseudonyms.Note(text, direction, detection.Findings, seenByUser);
        if (!verdict.Passes)
        {
            return new Judgement(verdict, EnforcedText: null);
        }

        IReadOnlyList<Replacement> replacements = Policy.Replacements(direction, verdict.Findings);
        return new Judgement(verdict, OperatorsWith(pseudonyms).ApplyToRequest(text, replacements)) { Replacements = replacements };
    }

    private Deadline NewDeadline() => new(Time, Policy.Deadline);

    private async ValueTask<Judgement> RecordAsync(string text, Direction direction, Judgement judgement, long started, CancellationToken cancellationToken)
    {
        var turn = new GuardedTurn(this, GuardedTurn.NewId(), conversation: null, model: null);
        turn.Add(TurnPart.Request, direction, null, text, 0, judgement, Time.GetElapsedTime(started));
        await turn.CommitAsync(cancellationToken);
        return judgement;
    }
}
