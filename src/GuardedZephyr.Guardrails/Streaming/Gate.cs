using System.Text;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Holds a reply back until it is judged. For any text, any chunking and any policy: what is released, concatenated, is what one push of
/// the whole text releases; a character is released only after every detector has judged a segment that contains it, and when no finding
/// that later text could bring can cover it; at most <see cref="GateOptions.MaxHold"/> characters are held.
/// </summary>
internal sealed class Gate(GuardPipeline pipeline, GuardedTurn turn, GateOptions options)
{
    private readonly HeldText _held = new(pipeline.Detectors.Reach, options.Context);

    /// <returns>Enforced text, possibly empty. A verdict that lets nothing pass closes the gate for good: <see cref="GuardedTurn.Blocking"/>.</returns>
    public ValueTask<string> PushAsync(string chunk, CancellationToken cancellationToken) => AdvanceAsync(chunk, complete: false, cancellationToken);

    /// <summary>No more text comes: judges and releases the rest.</summary>
    public ValueTask<string> CompleteAsync(CancellationToken cancellationToken) => AdvanceAsync("", complete: true, cancellationToken);

    private async ValueTask<string> AdvanceAsync(string chunk, bool complete, CancellationToken cancellationToken)
    {
        var released = new StringBuilder();
        if (turn.Blocking is null)
        {
            _held.Append(chunk);
            while (turn.Blocking is null && await JudgeNextSegmentAsync(complete, cancellationToken) is { } enforced)
            {
                released.Append(enforced);
            }

            await turn.CommitAsync(cancellationToken);
        }

        return released.ToString();
    }

    /// <returns>The enforced segment; null when more text is needed or the gate has closed.</returns>
    private async ValueTask<string?> JudgeNextSegmentAsync(bool complete, CancellationToken cancellationToken)
    {
        long started = pipeline.Time.GetTimestamp();
        int start = _held.SegmentStart;
        if (Segmenter.FindEnd(_held.Unjudged, complete, options) is not { } length)
        {
            return null;
        }

        int end = start + length;
        Detection spans;
        while (true)
        {
            HeldText.Window? window = _held.WindowAround(end, complete);
            if ((window?.End ?? _held.End) - start > options.MaxHold)
            {
                return Close(Unjudged.HeldTooLong, start, end, started);
            }

            if (window is null)
            {
                return null;
            }

            spans = (await pipeline.Detectors.DetectSpansAsync(window.Text, Direction.Output, cancellationToken)).Shifted(window.Start);
            spans = spans with { Findings = [.. spans.Findings.Where(finding => finding.Start >= start && finding.Start < end)] };

            // A segment never cuts what will be redacted in one piece: it ends before it or, when it starts with it, after it.
            Redaction straddling = pipeline.Policy.Redactions(Direction.Output, spans.Findings).FirstOrDefault(redaction => redaction.Start < end && redaction.End > end);
            if (straddling == default)
            {
                break;
            }

            end = straddling.Start > start ? straddling.Start : straddling.End;
        }

        HeldText.Window context = _held.ContextUpTo(end);
        Detection whole = (await pipeline.Detectors.DetectWholeAsync(context.Text, Direction.Output, cancellationToken)).Shifted(context.Start);
        Detection all = spans.And(whole);
        Verdict verdict = pipeline.Policy.Decide(Direction.Output, all.Findings, all.FailedDetectors);
        if (!verdict.Passes)
        {
            return Close(verdict, start, end, started);
        }

        string text = _held.Slice(start, end);
        turn.Add(TurnPart.Reply, Direction.Output, null, text, start, verdict, pipeline.Time.GetElapsedTime(started));
        _held.MarkJudged(end);

        IEnumerable<Redaction> redactions = pipeline.Policy.Redactions(Direction.Output, verdict.Findings).Select(redaction => redaction with { Start = redaction.Start - start });
        return Redaction.Apply(text, [.. redactions]);
    }

    private string? Close(Verdict verdict, int start, int end, long started)
    {
        turn.Add(TurnPart.Reply, Direction.Output, null, _held.Slice(start, end), start, verdict, pipeline.Time.GetElapsedTime(started));
        return null;
    }
}
