using System.Runtime.CompilerServices;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>A reply on its way to the caller: fresh updates that hold released text, ids, usage and the finish reason, with nothing else carried along.</summary>
internal sealed class GuardedReply(GuardPipeline pipeline, GuardedTurn turn, GateOptions options)
{
    /// <summary>
    /// Key of the reply's log probabilities in <c>AdditionalProperties</c>. They spell the model's own words, so they go on only when the guard let every
    /// text of the turn pass as it was.
    /// </summary>
    private const string LogprobsKey = "logprobs";

    private readonly ToolJudge _tools = new(pipeline, turn);

    /// <summary>
    /// Tool calls wait for the reply's end: whoever runs the functions would also run a call whose reply is blocked behind it. A call whose result comes in the
    /// same reply was carried out inside the guard, so it goes on with the result.
    /// </summary>
    private readonly List<ChatResponseUpdate> _calls = [];

    private Gate _gate = new(pipeline, turn, options);
    private ChatResponseUpdate? _lastText;

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
            foreach (AIContent content in update.Contents.TakeWhile(_ => turn.Blocking is null))
            {
                foreach (ChatResponseUpdate ready in await GuardAsync(content, last, cancellationToken))
                {
                    released |= ready.Text.Length > 0;
                    yield return ready;
                }
            }

            if (turn.Blocking is not null)
            {
                break;
            }
        }

        foreach (ChatResponseUpdate ready in await EndAsync(cancellationToken))
        {
            released |= ready.Text.Length > 0;
            yield return ready;
        }

        yield return turn.Blocking is null ? WithLogprobs(Final(last, finishReason ?? ChatFinishReason.Stop), logprobs) : Refusal(last, released);
    }

    /// <summary>The update that stands in for what was blocked.</summary>
    public ChatResponseUpdate Refusal(ChatResponseUpdate envelope, bool afterReleasedText)
    {
        string refusal = pipeline.Policy.ReplyFor(turn.Blocking!);
        ChatResponseUpdate update = Final(With(envelope, new TextContent(afterReleasedText ? $"\n\n{refusal}" : refusal)), ChatFinishReason.ContentFilter);
        update.AdditionalProperties![GuardrailsChatClient.RefusalKey] = refusal;
        return update;
    }

    /// <returns>What may be released because of the content.</returns>
    private async ValueTask<IReadOnlyList<ChatResponseUpdate>> GuardAsync(AIContent content, ChatResponseUpdate envelope, CancellationToken cancellationToken)
    {
        if (content is UsageContent usage)
        {
            return [With(envelope, new UsageContent(usage.Details))];
        }

        // A provider's own refusal comes as an error with a text.
        if ((content as TextContent)?.Text is { } text || (text = (content as ErrorContent)?.Message) is not null)
        {
            _lastText = envelope;
            return Text(envelope, await _gate.PushAsync(text, cancellationToken));
        }

        IReadOnlyList<ChatResponseUpdate> before = content is FunctionResultContent ? await EndAsync(cancellationToken) : [];
        if (turn.Blocking is not null)
        {
            return before;
        }

        AIContent? judged = null;
        if (ToolJudge.Takes(content))
        {
            judged = await _tools.JudgeAsync(content, TurnPart.Reply, null, cancellationToken);
        }
        else
        {
            turn.Add(TurnPart.Reply, Direction.Output, null, "", 0, Unjudged.NotText, TimeSpan.Zero);
        }

        await turn.CommitAsync(cancellationToken);
        switch (judged)
        {
            case FunctionCallContent call:
                GuardedCalls.Add(call);
                _calls.Add(With(envelope, call));
                return before;
            case null:
                return before;
            default:
                return [.. before, With(envelope, judged)];
        }
    }

    /// <summary>The reply ends here, or a step of it that ran functions.</summary>
    /// <returns>The rest of the text, then the calls; of a blocked reply nothing.</returns>
    private async ValueTask<IReadOnlyList<ChatResponseUpdate>> EndAsync(CancellationToken cancellationToken)
    {
        if (turn.Blocking is not null)
        {
            return [];
        }

        string rest = await _gate.CompleteAsync(cancellationToken);
        _gate = new Gate(pipeline, turn, options);
        ChatResponseUpdate[] ready = [.. rest.Length == 0 ? [] : Text(_lastText!, rest), .. turn.Blocking is null ? _calls : []];
        _calls.Clear();
        return ready;
    }

    private static IReadOnlyList<ChatResponseUpdate> Text(ChatResponseUpdate envelope, string released) => released.Length == 0 ? [] : [With(envelope, new TextContent(released))];

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
        update.Role = content is FunctionResultContent ? ChatRole.Tool : ChatRole.Assistant;
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
