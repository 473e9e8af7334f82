using System.Text;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Holds a reply back until it is judged. For any text, any chunking and any policy: what is released, concatenated, is what one push of
/// the whole text releases; a character is released only after every detector has judged a segment that contains it, and when no finding
/// that later text could bring can cover it; a placeholder of the user's own value is restored whole; at most <see cref="GateOptions.MaxHold"/> characters are held.
/// </summary>
/// <param name="mayRetry">Whether a segment that a rule blocks may be thrown away instead, as far as the turn has retries.</param>
internal sealed class Gate(GuardPipeline pipeline, GuardedTurn turn, GateOptions options, bool mayRetry = false)
{
    private readonly HeldText _held = new(Math.Max(pipeline.Detectors.Reach, turn.Pseudonyms.LongestPlaceholder), options.Context);
    private readonly Operators _operators = pipeline.OperatorsWith(turn.Pseudonyms);
    private readonly StringBuilder _passed = new();
    private long? _begun;
    private bool _hasReleased;

    /// <summary>The model's text, with its placeholders, up to the last character that was released; kept only when there may be retries.</summary>
    public string Passed => _passed.ToString();

    /// <summary>The segment that is to be written anew; while there is one the gate takes and releases nothing.</summary>
    public string? Discarded { get; private set; }

    /// <summary>Forgets all behind <see cref="Passed"/>: from there the reply is written anew.</summary>
    public void Rewind()
    {
        Discarded = null;
        _held.DropUnjudged();
    }

    /// <returns>Enforced text, possibly empty. A verdict that lets nothing pass closes the gate for good: <see cref="GuardedTurn.Blocking"/>.</returns>
    public ValueTask<string> PushAsync(string chunk, CancellationToken cancellationToken) => AdvanceAsync(chunk, complete: false, cancellationToken);

    /// <summary>No more text comes: judges and releases the rest.</summary>
    public ValueTask<string> CompleteAsync(CancellationToken cancellationToken) => AdvanceAsync("", complete: true, cancellationToken);

    private async ValueTask<string> AdvanceAsync(string chunk, bool complete, CancellationToken cancellationToken)
    {
        var released = new StringBuilder();
        if (turn.Blocking is null && Discarded is null)
        {
            _begun ??= chunk.Length > 0 ? pipeline.Time.GetTimestamp() : null;
            _held.Append(chunk);
            while (turn.Blocking is null && Discarded is null && await JudgeNextSegmentAsync(complete, cancellationToken) is { } enforced)
            {
                released.Append(enforced);
            }

            await turn.CommitAsync(cancellationToken);
            if (released.Length > 0 && !_hasReleased)
            {
                _hasReleased = true;
                pipeline.Metrics.FirstReleased(pipeline.Time.GetElapsedTime(_begun!.Value));
            }
        }

        return released.ToString();
    }

    /// <returns>The enforced segment; null when more text is needed or the gate has closed.</returns>
    private async ValueTask<string?> JudgeNextSegmentAsync(bool complete, CancellationToken cancellationToken)
    {
        long started = pipeline.Time.GetTimestamp();
        Deadline deadline = turn.NewDeadline();
        int start = _held.SegmentStart;
        if (Segmenter.FindEnd(_held.Unjudged, complete, options) is not { } length)
        {
            return null;
        }

        int end = start + length;
        Detection spans;
        int needed;
        while (true)
        {
            HeldText.Window? window = _held.WindowAround(end, complete);
            needed = (window?.End ?? _held.End) - start;
            if (needed > options.MaxHold)
            {
                return Close(Unjudged.HeldTooLong, start, end, started);
            }

            if (window is null)
            {
                turn.Spend(pipeline.Time.GetElapsedTime(started));
                return null;
            }

            spans = (await pipeline.Detectors.DetectSpansAsync(window.Text, Direction.Output, deadline, cancellationToken)).Shifted(window.Start);
            spans = spans with { Findings = [.. spans.Findings.Where(finding => finding.Start >= start && finding.Start < end)] };

            // A segment never cuts what is replaced or restored in one piece: it ends before it or, when it starts with it, after it.
            if (PieceAcross(start, end, window, spans.Findings) is not { } piece)
            {
                break;
            }

            end = piece.Start > start ? piece.Start : piece.End;
        }

        HeldText.Window context = _held.ContextUpTo(end, turn.Conversation.Question);
        Detection whole = (await pipeline.Detectors.DetectWholeAsync(context.Text, Direction.Output, deadline, cancellationToken)).Shifted(context.Start);
        Detection all = spans.And(whole);
        Verdict verdict = pipeline.Policy.Decide(Direction.Output, all.Findings, all.FailedDetectors);
        if (!verdict.Passes)
        {
            return Close(new Judgement(verdict, EnforcedText: null), start, end, started);
        }

        Judgement judgement = Enforce(verdict, start, end);
        turn.Add(TurnPart.Reply, Direction.Output, null, _held.Slice(start, end), start, judgement, pipeline.Time.GetElapsedTime(started));
        if (mayRetry)
        {
            _passed.Append(_held.Slice(start, end));
        }

        _held.MarkJudged(end);
        pipeline.Metrics.Held(needed);
        return judgement.EnforcedText;
    }

    /// <summary>What lies on both sides of <paramref name="end"/> and must stay in one piece: spans to replace and placeholders to restore, together where they overlap.</summary>
    private (int Start, int End)? PieceAcross(int start, int end, HeldText.Window window, IReadOnlyList<Finding> findings)
    {
        IEnumerable<(int Start, int End)> replaced = pipeline.Policy.Replacements(Direction.Output, findings).Select(replacement => (replacement.Start, replacement.End));
        IEnumerable<(int Start, int End)> restored = turn.Pseudonyms.FindIn(window.Text.Original.AsSpan(start - window.Start))
            .Select(placeholder => (Start: start + placeholder.Start, End: start + placeholder.Start + placeholder.Length))
            .Where(placeholder => placeholder.Start < end);

        // All of them start before the end, so only the last can reach beyond it.
        (int Start, int End) last = (start, start);
        foreach ((int Start, int End) piece in replaced.Concat(restored).OrderBy(piece => piece.Start))
        {
            last = piece.Start < last.End ? (last.Start, Math.Max(last.End, piece.End)) : piece;
        }

        return last.End > end ? last : null;
    }

    private Judgement Enforce(Verdict verdict, int start, int end)
    {
        // What a detector of whole texts finds may begin in released text.
        string text = _held.Slice(start, end);
        Replacement[] replacements = [.. pipeline.Policy.Replacements(Direction.Output, verdict.Findings)
            .Select(replacement => replacement.Within(start, end))
            .Where(replacement => replacement.Length > 0 && !_operators.LeavesInReply(text, replacement))];

        // Values of the user's own stay as they are.
        Verdict enforced = verdict.Outcome == Outcome.Modified && replacements.Length == 0 ? verdict with { Outcome = Outcome.Allowed } : verdict;
        return new Judgement(enforced, _operators.ApplyToReply(text, replacements))
        {
            Replacements = [.. replacements.Select(replacement => replacement with { Start = replacement.Start + start })],
        };
    }

    private string? Close(Judgement judgement, int start, int end, long started)
    {
        string segment = _held.Slice(start, end);
        if (mayRetry && turn.TryDiscard(segment, start, judgement.Verdict, pipeline.Time.GetElapsedTime(started)))
        {
            Discarded = segment;
        }
        else
        {
            turn.Add(TurnPart.Reply, Direction.Output, null, segment, start, judgement, pipeline.Time.GetElapsedTime(started));
        }

        return null;
    }
}
