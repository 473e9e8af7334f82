using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>What a client and the model saw of one turn.</summary>
/// <param name="Released">Without the policy's own words.</param>
/// <param name="ModelSaw">Null when the model was not called.</param>
/// <param name="Report">Null when the turn ended with an exception.</param>
internal sealed record TurnResult(string Released, string? ModelSaw, GuardReport? Report, bool Refused)
{
    /// <param name="ahead">Whether text came out, or a request went in, that was not recorded as passed.</param>
    public static async Task<TurnResult> RunAsync(GuardPipeline pipeline, FlakyAuditLog log, TurnScript script, bool streaming, string id, Action ahead, CancellationToken cancellationToken)
    {
        var model = new ScriptModel(script, () =>
        {
            if (log.Of(id).Request < script.Request.Count)
            {
                ahead();
            }
        });
        using var client = new GuardrailsChatClient(model, pipeline);
        var options = new ChatOptions { AdditionalProperties = new() { [GuardrailsChatClient.TurnKey] = id } };
        string released = "";
        GuardReport? report = null;
        bool refused = false;
        try
        {
            IAsyncEnumerable<ChatResponseUpdate> updates = streaming
                ? client.GetStreamingResponseAsync(script.Request, options, cancellationToken)
                : (await client.GetResponseAsync(script.Request, options, cancellationToken)).ToChatResponseUpdates().ToAsyncEnumerable();
            await foreach (ChatResponseUpdate update in updates)
            {
                if (update.AdditionalProperties?.GetValueOrDefault(GuardReport.Key) is GuardReport given)
                {
                    report = given;
                }

                string? refusal = update.AdditionalProperties?.GetValueOrDefault(GuardrailsChatClient.RefusalKey) as string;
                refused |= refusal is not null;
                released += update.Text;
            }

            released = refused ? WithoutRefusal(released, report!) : released;
        }
        catch (Exception exception) when (exception is AuditUnavailableException or OperationCanceledException)
        {
        }

        if (released.Length > log.Of(id).ReplyEnd)
        {
            ahead();
        }

        Assert.Equal(model.Opened, model.Closed);
        return new TurnResult(released, model.Received, report, refused);
    }

    /// <summary>A response that is not streamed has released text and refusal in one, with an empty line between.</summary>
    private static string WithoutRefusal(string text, GuardReport report)
    {
        const string Between = "\n\n";
        string refusal = report.Outcome == Outcome.Unjudged ? Some.Unjudged : Some.Refusal;
        Assert.EndsWith(refusal, text, StringComparison.Ordinal);
        string released = text[..^refusal.Length];
        return released.EndsWith(Between, StringComparison.Ordinal) ? released[..^Between.Length] : released;
    }
}
