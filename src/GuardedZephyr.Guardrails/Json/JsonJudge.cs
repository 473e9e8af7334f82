using System.Text.Json.Nodes;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Judges JSON: arguments and results of functions, schemas. Detectors of spans see each value behind its key; those of whole texts see all of it, and
/// each value of several words alone. What is replaced is replaced piece by piece, so that the JSON stays JSON.
/// </summary>
internal sealed class JsonJudge(GuardPipeline pipeline, GuardedTurn turn)
{
    /// <summary>Takes the decision into the turn.</summary>
    /// <param name="part">A reply's placeholders are turned back; a request's are broken up.</param>
    /// <param name="message">Index of the request's message; null for the reply and for options.</param>
    /// <param name="value">What can be written as JSON.</param>
    /// <param name="names">Members of the object that name a function and so cannot be replaced: where one would have to be, the JSON does not pass.</param>
    /// <returns>Null when it does not pass.</returns>
    public async ValueTask<Enforced?> JudgeAsync(TurnPart part, Direction direction, int? message, object? value, string[] names, CancellationToken cancellationToken)
    {
        long started = pipeline.Time.GetTimestamp();
        if (JsonLines.Of(value) is not { } lines)
        {
            turn.Add(part, direction, message, "", 0, Unjudged.NotText, pipeline.Time.GetElapsedTime(started));
            return null;
        }

        Detection detection = await DetectAsync(lines, direction, cancellationToken);
        Verdict verdict = pipeline.Policy.Decide(direction, detection.Findings, [.. detection.FailedDetectors.Distinct()]);
        if (part == TurnPart.Request)
        {
            turn.Pseudonyms.Note(lines.Text, direction, detection.Findings, seenByUser: false);
        }

        JsonNode? enforced = null;
        Judgement judgement = verdict.Passes ? Enforce(lines, part, direction, verdict, out enforced) : new Judgement(verdict, EnforcedText: null);
        if (verdict.Passes && names.Any(name => !JsonNode.DeepEquals(lines.Root?[name], enforced?[name])))
        {
            judgement = new Judgement(verdict with { Outcome = Outcome.Blocked, Action = RuleAction.Block }, EnforcedText: null);
        }

        turn.Add(part, direction, message, lines.Text, 0, judgement, pipeline.Time.GetElapsedTime(started));
        return judgement.Verdict.Passes ? new Enforced(enforced) : null;
    }

    private async ValueTask<Detection> DetectAsync(JsonLines lines, Direction direction, CancellationToken cancellationToken)
    {
        Deadline deadline = turn.NewDeadline();
        Detection all = await pipeline.Detectors.DetectAsync(GuardText.From(lines.Text), direction, onlyUntilSettled: false, deadline, cancellationToken);
        foreach (JsonLines.Piece piece in lines.Sentences)
        {
            GuardText text = GuardText.From(lines.Text.Substring(piece.Start, piece.Length));
            all = all.And((await pipeline.Detectors.DetectWholeAsync(text, direction, deadline, cancellationToken)).Shifted(piece.Start));
        }

        return all;
    }

    private Judgement Enforce(JsonLines lines, TurnPart part, Direction direction, Verdict verdict, out JsonNode? enforced)
    {
        Operators operators = pipeline.OperatorsWith(turn.Pseudonyms);
        Replacement[] replacements = [.. pipeline.Policy.Replacements(direction, verdict.Findings).Where(replacement => part == TurnPart.Request || !operators.LeavesInReply(lines.Text, replacement))];
        enforced = lines.Rebuild(piece =>
        {
            string text = lines.Text.Substring(piece.Start, piece.Length);
            Replacement[] within = [.. replacements.Select(replacement => replacement.Within(piece.Start, piece.End)).Where(replacement => replacement.Length > 0)];
            return part == TurnPart.Request ? operators.ApplyToRequest(text, within) : operators.ApplyToReply(text, within);
        });

        // Values of the user's own stay as they are.
        Verdict carriedOut = verdict.Outcome == Outcome.Modified && replacements.Length == 0 ? verdict with { Outcome = Outcome.Allowed } : verdict;
        return new Judgement(carriedOut, EnforcedText: "") { Replacements = replacements };
    }

    /// <summary>JSON that passes; its node may be null, which is JSON too.</summary>
    internal sealed record Enforced(JsonNode? Node);
}
