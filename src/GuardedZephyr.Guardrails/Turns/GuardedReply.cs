using System.Runtime.CompilerServices;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// A reply on its way to the caller: fresh updates that hold released text and reasoning, function calls, ids, usage and the finish reason, with nothing
/// else carried along. Text and reasoning go through a gate each and are in order of their own; function calls come at the end, for they can be acted upon.
/// </summary>
/// <param name="callInner">Asks the model for the reply, or for what continues it.</param>
internal sealed class GuardedReply(
    GuardPipeline pipeline, GuardedTurn turn, GateOptions options, Func<Continuation?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> callInner)
{
    /// <summary>
    /// Key of the reply's log probabilities in <c>AdditionalProperties</c>. They spell the model's own words, so they go on only when the guard let every
    /// text of the turn pass as it was.
    /// </summary>
    private const string LogprobsKey = "logprobs";

    private readonly Gate _text = new(pipeline, turn, options, mayRetry: true);
    private readonly Gate _reasoning = new(pipeline, turn, options);
    private readonly ReplyUsage _usage = new();
    private readonly List<FunctionCallContent> _calls = [];
    private readonly List<string> _discarded = [];
    private ChatResponseUpdate _last = new() { Role = ChatRole.Assistant };
    private ChatFinishReason? _finishReason;
    private object? _logprobs;
    private bool _released;

    /// <summary>Ends with one update that has the finish reason and the report, unless the inner reply fails.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GuardAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (Continuation? continuation = null; ; continuation = Continue())
        {
            await foreach (ChatResponseUpdate update in TryAsync(continuation, cancellationToken))
            {
                yield return update;
            }

            if (_text.Discarded is null)
            {
                break;
            }
        }

        yield return turn.Blocking is null ? WithLogprobs(Final(_last, _finishReason ?? ChatFinishReason.Stop)) : Refusal(_last, _released);
    }

    /// <summary>The update that stands in for what was blocked.</summary>
    public ChatResponseUpdate Refusal(ChatResponseUpdate envelope, bool afterReleasedText)
    {
        string refusal = pipeline.Policy.ReplyFor(turn.Blocking!, turn.Locales);
        ChatResponseUpdate update = Final(With(envelope, new TextContent(afterReleasedText ? $"\n\n{refusal}" : refusal)), ChatFinishReason.ContentFilter);
        update.AdditionalProperties![GuardrailsChatClient.RefusalKey] = refusal;
        return update;
    }

    /// <summary>The reply from its start or from where it is continued, to its end or to the segment that does not pass.</summary>
    private async IAsyncEnumerable<ChatResponseUpdate> TryAsync(Continuation? continuation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ChatResponseUpdate update in callInner(continuation, cancellationToken).WithCancellation(cancellationToken))
        {
            _finishReason = update.FinishReason ?? _finishReason;
            _logprobs = update.AdditionalProperties?.GetValueOrDefault(LogprobsKey) ?? _logprobs;
            _usage.Note(update);
            _last = continuation is null ? Envelope(update, _last) : Envelope(_last, update);
            foreach (AIContent content in update.Contents)
            {
                if (await JudgeAsync(content, cancellationToken) is { } released)
                {
                    yield return With(_last, released);
                }
            }

            if (IsOver)
            {
                break;
            }
        }

        await foreach (AIContent rest in CompleteAsync(cancellationToken))
        {
            yield return With(_last, rest);
        }

        if (_usage.End(isLast: _text.Discarded is null) is { } usage)
        {
            yield return With(_last, usage);
        }
    }

    private bool IsOver => turn.Blocking is not null || _text.Discarded is not null;

    /// <returns>What may go on now, if anything.</returns>
    private async ValueTask<AIContent?> JudgeAsync(AIContent content, CancellationToken cancellationToken)
    {
        switch (content)
        {
            case UsageContent:
                return null;
            case TextContent text:
                return Released(await _text.PushAsync(text.Text, cancellationToken));
            case ErrorContent error:
                return Released(await _text.PushAsync(error.Message, cancellationToken)); // a provider's own refusal comes as one
            case TextReasoningContent reasoning:
                return Reasoned(await _reasoning.PushAsync(reasoning.Text, cancellationToken));
            case FunctionCallContent call when FunctionCalls.IsReadable(call):
                _calls.Add(call);
                return null;
            default:
                if (!IsOver)
                {
                    turn.Add(TurnPart.Reply, Direction.Output, null, "", 0, Unjudged.NotText, TimeSpan.Zero);
                    await turn.CommitAsync(cancellationToken);
                }

                return null;
        }
    }

    /// <summary>What was held, and calls: each of them only when all before it passed.</summary>
    private async IAsyncEnumerable<AIContent> CompleteAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsOver && Released(await _text.CompleteAsync(cancellationToken)) is { } text)
        {
            yield return text;
        }

        if (!IsOver && Reasoned(await _reasoning.CompleteAsync(cancellationToken)) is { } reasoning)
        {
            yield return reasoning;
        }

        var judge = new JsonJudge(pipeline, turn);
        var enforced = new List<FunctionCallContent>();
        foreach (FunctionCallContent call in IsOver ? [] : _calls)
        {
            if (turn.Blocking is null && await judge.JudgeAsync(TurnPart.Reply, Direction.Output, null, FunctionCalls.ToJson(call), FunctionCalls.Names, cancellationToken) is { } json)
            {
                enforced.Add(FunctionCalls.FromJson(call, json.Node));
            }
        }

        await turn.CommitAsync(cancellationToken);
        foreach (FunctionCallContent call in turn.Blocking is null ? enforced : [])
        {
            GuardedCalls.Add(call);
            yield return call;
        }
    }

    private TextContent? Released(string text)
    {
        _released |= text.Length > 0;
        return text.Length > 0 ? new TextContent(text) : null;
    }

    private static TextReasoningContent? Reasoned(string text) => text.Length > 0 ? new TextReasoningContent(text) : null;

    private Continuation Continue()
    {
        _discarded.Add(_text.Discarded!);
        string passed = _text.Passed;
        _text.Rewind();
        _calls.Clear();
        (_finishReason, _logprobs) = (null, null);
        return new Continuation(passed, [.. _discarded], turn.Retries);
    }

    private ChatResponseUpdate Final(ChatResponseUpdate update, ChatFinishReason finishReason)
    {
        update.FinishReason = finishReason;

        // Properties of an update with a message id go to the message when updates are joined; the report is about the turn.
        update.MessageId = null;
        update.AdditionalProperties = new AdditionalPropertiesDictionary { [GuardReport.Key] = turn.Complete() };
        return update;
    }

    private ChatResponseUpdate WithLogprobs(ChatResponseUpdate final)
    {
        if (_logprobs is not null && final.AdditionalProperties![GuardReport.Key] is GuardReport { Outcome: Outcome.Allowed, Retries: 0 })
        {
            final.AdditionalProperties[LogprobsKey] = _logprobs;
        }

        return final;
    }

    private static ChatResponseUpdate With(ChatResponseUpdate envelope, AIContent content)
    {
        ChatResponseUpdate update = Envelope(envelope, envelope);
        update.Contents = [content];
        return update;
    }

    /// <summary>Who and which, without what: of the one, and of the other what that does not say. A reply that is continued keeps the ids that it began with.</summary>
    private static ChatResponseUpdate Envelope(ChatResponseUpdate one, ChatResponseUpdate other) => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = one.ResponseId ?? other.ResponseId,
        MessageId = one.MessageId ?? other.MessageId,
        ConversationId = one.ConversationId ?? other.ConversationId,
        ModelId = one.ModelId ?? other.ModelId,
        CreatedAt = one.CreatedAt ?? other.CreatedAt,
    };
}
