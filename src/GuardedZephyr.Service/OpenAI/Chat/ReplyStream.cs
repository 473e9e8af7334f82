using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>Sends a streamed reply as chunks. Nothing is sent before the first update: until then a failure has a status of its own.</summary>
internal sealed class ReplyStream(ServerSentEvents events, ReplyEnvelope envelope, BlockedPrompt blockedPrompt)
{
    private UsageDetails? _usage;
    private ChatFinishReason? _finishReason;
    private TurnEnding? _ending;
    private bool _roleSent;
    private string _held = "";

    public async Task CopyAsync(IAsyncEnumerable<ChatResponseUpdate> updates, bool includeUsage, CancellationToken cancellationToken)
    {
        await using var enumerator = updates.GetAsyncEnumerator(cancellationToken);
        while (await events.KeepAliveUntilAsync(enumerator.MoveNextAsync()))
        {
            await SendAsync(enumerator.Current, cancellationToken);
        }

        TurnEnding ending = _ending ?? throw TurnEnding.NoReport();
        await SendTextAsync("", last: true, cancellationToken);
        await SendRoleAsync(cancellationToken);
        await SendChunkAsync(envelope.LastChunk(_finishReason, ending), cancellationToken);
        if (includeUsage)
        {
            await SendChunkAsync(envelope.UsageChunk(_usage), cancellationToken);
        }

        await events.SendDoneAsync(cancellationToken);
    }

    private async Task SendAsync(ChatResponseUpdate update, CancellationToken cancellationToken)
    {
        _usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? _usage;
        _finishReason = update.FinishReason ?? _finishReason;
        _ending = TurnEnding.Find(update.AdditionalProperties) ?? _ending;
        _ending?.ThrowIfPromptStopped(blockedPrompt);

        if (_ending is { Refusal: { } refusal, IsWrittenAnswer: false })
        {
            await SendTextAsync("", last: true, cancellationToken);
            await SendRoleAsync(cancellationToken);
            await SendChunkAsync(envelope.Chunk(new ChatCompletionChunk.Delta { Refusal = refusal }), cancellationToken);
        }
        else
        {
            await SendTextAsync(update.Text, last: false, cancellationToken);
        }
    }

    /// <summary>Half a surrogate pair waits for its other half: alone it cannot be written as UTF-8.</summary>
    private async Task SendTextAsync(string text, bool last, CancellationToken cancellationToken)
    {
        text = _held + text;
        var whole = !last && text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
        _held = text[whole..];
        if (whole > 0)
        {
            await SendRoleAsync(cancellationToken);
            await SendChunkAsync(envelope.Chunk(new ChatCompletionChunk.Delta { Content = text[..whole] }), cancellationToken);
        }
    }

    private async Task SendRoleAsync(CancellationToken cancellationToken)
    {
        if (!_roleSent)
        {
            _roleSent = true;
            await SendChunkAsync(envelope.Chunk(new ChatCompletionChunk.Delta { Role = "assistant", Content = "" }), cancellationToken);
        }
    }

    private Task SendChunkAsync(ChatCompletionChunk chunk, CancellationToken cancellationToken) =>
        events.SendAsync(chunk, OpenAIJson.Wire.ChatCompletionChunk, cancellationToken);
}
