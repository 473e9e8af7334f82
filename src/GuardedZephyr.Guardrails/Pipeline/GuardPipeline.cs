using GuardedZephyr.Audit;
using GuardedZephyr.Classification;
using GuardedZephyr.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuardedZephyr.Guardrails;

/// <summary>A policy, the detectors that it needs and the audit log that its decisions go to. Thread-safe.</summary>
public sealed class GuardPipeline : IDisposable
{
    private HarmClassifier? _classifier;
    private EntityModel? _entityModel;

    /// <param name="detectors">The policy's own and the harm classifier's.</param>
    /// <param name="timeout">How long a detector of whole texts may take before it counts as failed.</param>
    public GuardPipeline(
        Policy policy,
        IEnumerable<IDetector> detectors,
        IAuditLog audit,
        AuditKey auditKey,
        TimeSpan timeout,
        TimeProvider? time = null,
        ILogger<GuardPipeline>? logger = null)
    {
        Policy = policy;
        Audit = audit;
        AuditKey = auditKey;
        Time = time ?? TimeProvider.System;
        Detectors = new DetectorSet(detectors, timeout, Time, logger ?? NullLogger<GuardPipeline>.Instance);
    }

    public Policy Policy { get; }

    internal IAuditLog Audit { get; }

    internal AuditKey AuditKey { get; }

    internal TimeProvider Time { get; }

    internal DetectorSet Detectors { get; }

    internal GuardMetrics Metrics { get; } = new();

    /// <summary>Loads a policy and the models that it names.</summary>
    /// <exception cref="PolicyFileException">The policy cannot be used, or it names labels that a model lacks.</exception>
    /// <exception cref="ClassifierFolderException">A model cannot be used.</exception>
    public static GuardPipeline Load(string policyPath, IAuditLog audit, AuditKey auditKey, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        Policy policy = PolicyFile.Load(policyPath);
        HarmClassifier? classifier = policy.Harm is { } harm ? HarmClassifier.Load(harm.ModelPath) : null;
        string[] missing = [.. policy.RequiredLabels.Except(classifier?.Labels ?? [])];
        if (missing.Length > 0)
        {
            classifier?.Dispose();
            throw new PolicyFileException(policyPath, [$"the rules name label(s) {string.Join(", ", missing)}, which the harm classifier does not have; it has {string.Join(", ", classifier?.Labels ?? [])}"]);
        }

        EntityModel? entityModel;
        try
        {
            entityModel = LoadEntityModel(policyPath, policy.Ner);
        }
        catch
        {
            classifier?.Dispose();
            throw;
        }

        List<IDetector> detectors = [.. policy.Detectors];
        if (entityModel is not null)
        {
            detectors.Add(new EntityDetector(entityModel, policy.Ner!.Entities, policy.Ner.Timeout, time));
        }

        if (classifier is not null)
        {
            detectors.Add(new HarmDetector(classifier));
        }

        return new GuardPipeline(policy, detectors, audit, auditKey, policy.Harm?.Timeout ?? Timeout.InfiniteTimeSpan, time, loggers?.CreateLogger<GuardPipeline>()) { _classifier = classifier, _entityModel = entityModel };
    }

    /// <summary>Judges one whole text without recording the decision: for tools that release nothing.</summary>
    public ValueTask<Judgement> JudgeAsync(string text, Direction direction, CancellationToken cancellationToken) =>
        JudgeAsync(text, direction, new Pseudonyms(Policy), cancellationToken);

    /// <inheritdoc cref="JudgeAsync(string, Direction, CancellationToken)"/>
    /// <param name="pseudonyms">Shared by the texts of one conversation, which are judged in their order.</param>
    public ValueTask<Judgement> JudgeAsync(string text, Direction direction, Pseudonyms pseudonyms, CancellationToken cancellationToken) =>
        JudgeAsync(text, direction, pseudonyms, seenByUser: false, cancellationToken);

    /// <summary>What the detectors of spans find, whether or not a rule asks for it: for explanations. Nothing is recorded.</summary>
    /// <exception cref="DetectionException">A detector failed.</exception>
    public async ValueTask<IReadOnlyList<Finding>> FindSpansAsync(string text, Direction direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        Detection spans = await Detectors.DetectSpansAsync(GuardText.From(text), direction, cancellationToken);
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
        Detection spans = await Detectors.DetectSpansAsync(GuardText.From(text), direction, cancellationToken);
        Judgement judgement = await RecordAsync(text, direction, Judge(text, direction, spans, new Pseudonyms(Policy), seenByUser: false), started, cancellationToken);
        return judgement.EnforcedText ?? Policy.ReplyFor(judgement.Verdict);
    }

    public void Dispose()
    {
        _classifier?.Dispose();
        _entityModel?.Dispose();
        Metrics.Dispose();
    }

    private static EntityModel? LoadEntityModel(string policyPath, NerSettings? settings)
    {
        if (settings is null)
        {
            return null;
        }

        EntityModel model = EntityModel.Load(settings.ModelPath);
        if (EntityDetector.Missing(model, settings.Entities) is not { Count: > 0 } missing)
        {
            return model;
        }

        model.Dispose();
        throw new PolicyFileException(policyPath, [$"detectors.ner: entities names label(s) {string.Join(", ", missing)}, which the model '{model.Name}' does not have; it has {string.Join(", ", model.EntityTypes)}"]);
    }

    /// <param name="seenByUser">The text is a message of the user or of the assistant: its values may stand in the reply.</param>
    internal async ValueTask<Judgement> JudgeAsync(string text, Direction direction, Pseudonyms pseudonyms, bool seenByUser, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Judge(text, direction, await Detectors.DetectAsync(GuardText.From(text), direction, cancellationToken), pseudonyms, seenByUser);
    }

    internal Operators OperatorsWith(Pseudonyms pseudonyms) => new(AuditKey.Hash, pseudonyms);

    private Judgement Judge(string text, Direction direction, Detection detection, Pseudonyms pseudonyms, bool seenByUser)
    {
        Verdict verdict = Policy.Decide(direction, detection.Findings, detection.FailedDetectors);
        pseudonyms.Note(text, direction, detection.Findings, seenByUser);
        if (!verdict.Passes)
        {
            return new Judgement(verdict, EnforcedText: null);
        }

        IReadOnlyList<Replacement> replacements = Policy.Replacements(direction, verdict.Findings);
        return new Judgement(verdict, OperatorsWith(pseudonyms).ApplyToRequest(text, replacements)) { Replacements = replacements };
    }

    private async ValueTask<Judgement> RecordAsync(string text, Direction direction, Judgement judgement, long started, CancellationToken cancellationToken)
    {
        var turn = new GuardedTurn(this, GuardedTurn.NewId(), conversation: null, model: null);
        turn.Add(TurnPart.Request, direction, null, text, 0, judgement, Time.GetElapsedTime(started));
        await turn.CommitAsync(cancellationToken);
        return judgement;
    }
}
