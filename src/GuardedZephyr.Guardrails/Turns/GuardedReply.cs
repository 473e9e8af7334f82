using System.Runtime.CompilerServices;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>A reply on its way to the caller: fresh updates that hold released text, ids, usage and the finish reason, with nothing else carried along.</summary>
internal sealed class GuardedReply(GuardPipeline pipeline, GuardedTurn turn, GateOptions options)
{
    private readonly Gate _gate = new(pipeline, turn, options);

    /// <summary>
    /// Key of the reply's log probabilities in <c>AdditionalProperties</c>. They spell the model's own words, so they go on only when the guard let every
    /// text of the turn pass as it was.
    /// </summary>
    private const string LogprobsKey = "logprobs";

    /// <summary>Ends with one update that has the finish reason and the report, unless the inner reply fails.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GuardAsync(IAsyncEnumerable<ChatResponseUpdate> inner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new ChatResponseUpdate { Role = ChatRole.Assistant };
        ChatFinishReason? finishReason = null;
        object? logprobs = null;
        bool released = false;

        await foreach (ChatResponseUpdate update in inner.WithCancellation(cancellationToken))
        {
            finishReason = update.FinishReason ?? finishReason;
            logprobs = update.AdditionalProperties?.GetValueOrDefault(LogprobsKey) ?? logprobs;
            last = Envelope(update, last);

            foreach (AIContent content in update.Contents)
            {
                if (content is UsageContent usage)
                {
                    yield return With(last, new UsageContent(usage.Details));
                    continue;
                }

                if (content is not TextContent text)
                {
                    turn.Add(TurnPart.Reply, Direction.Output, null, "", 0, Unjudged.NotText, TimeSpan.Zero);
                    await turn.CommitAsync(cancellationToken);
                    break;
                }

                string release = await _gate.PushAsync(text.Text, cancellationToken);
                if (release.Length > 0)
                {
                    released = true;
                    yield return With(last, new TextContent(release));
                }
            }

            if (turn.Blocking is not null)
            {
                break;
            }
        }

        if (turn.Blocking is null)
        {
            string rest = await _gate.CompleteAsync(cancellationToken);
            if (rest.Length > 0)
            {
                released = true;
                yield return With(last, new TextContent(rest));
            }
        }

        yield return turn.Blocking is null ? WithLogprobs(Final(last, finishReason ?? ChatFinishReason.Stop), logprobs) : Refusal(last, released);
    }

    /// <summary>The update that stands in for what was blocked.</summary>
    public ChatResponseUpdate Refusal(ChatResponseUpdate envelope, bool afterReleasedText)
    {
        string refusal = pipeline.Policy.ReplyFor(turn.Blocking!, turn.Locales);
        ChatResponseUpdate update = Final(With(envelope, new TextContent(afterReleasedText ? $"\n\n{refusal}" : refusal)), ChatFinishReason.ContentFilter);
        update.AdditionalProperties![GuardrailsChatClient.RefusalKey] = refusal;
        return update;
    }

    private ChatResponseUpdate Final(ChatResponseUpdate update, ChatFinishReason finishReason)
    {
        update.FinishReason = finishReason;

        // Properties of an update with a message id go to the message when updates are joined; the report is about the turn.
        update.MessageId = null;
        update.AdditionalProperties = new AdditionalPropertiesDictionary { [GuardReport.Key] = turn.Report() };
        return update;
    }

    private static ChatResponseUpdate WithLogprobs(ChatResponseUpdate final, object? logprobs)
    {
        if (logprobs is not null && final.AdditionalProperties![GuardReport.Key] is GuardReport { Outcome: Outcome.Allowed })
        {
            final.AdditionalProperties[LogprobsKey] = logprobs;
        }

        return final;
    }

    private static ChatResponseUpdate With(ChatResponseUpdate envelope, AIContent content)
    {
        ChatResponseUpdate update = Envelope(envelope, envelope);
        update.Contents = [content];
        return update;
    }

    /// <summary>Who and which, without what.</summary>
    private static ChatResponseUpdate Envelope(ChatResponseUpdate update, ChatResponseUpdate previous) => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = update.ResponseId ?? previous.ResponseId,
        MessageId = update.MessageId ?? previous.MessageId,
        ConversationId = update.ConversationId ?? previous.ConversationId,
        ModelId = update.ModelId ?? previous.ModelId,
        CreatedAt = update.CreatedAt ?? previous.CreatedAt,
    };
}
