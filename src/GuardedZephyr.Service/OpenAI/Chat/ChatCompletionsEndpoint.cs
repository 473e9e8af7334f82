using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary><c>POST /v1/chat/completions</c></summary>
internal sealed class ChatCompletionsEndpoint(Serving serving, ServiceOptions options, ErrorTranslator errors, TimeProvider time)
{
    /// <param name="cancellationToken">The request's: it ends the turn when the client leaves.</param>
    public async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = await RequestReader.ReadAsync(context.Request, cancellationToken);
        if (request.Model is { } model && model != serving.ModelId)
        {
            throw ModelsEndpoint.NotFound();
        }

        var messages = RequestMapping.ToMessages(request);
        var chatOptions = RequestMapping.ToOptions(request);
        var envelope = new ReplyEnvelope($"chatcmpl-{Guid.CreateVersion7():N}", time.GetUtcNow().ToUnixTimeSeconds(), serving.ModelId);
        chatOptions.AdditionalProperties![GuardrailsChatClient.TurnKey] = envelope.Id;
        GuardMapping.Add(chatOptions.AdditionalProperties, request, context.Request);
        var client = ApiKeyMiddleware.Of(context) is { } key ? serving.Clients[key.Policy] : serving.Client;

        if (request.Stream == true)
        {
            var updates = client.GetStreamingResponseAsync(messages, chatOptions, cancellationToken);
            await StreamAsync(context.Response, envelope, updates, request.StreamOptions?.IncludeUsage == true, cancellationToken);
            return;
        }

        var response = await client.GetResponseAsync(messages, chatOptions, cancellationToken);
        var ending = TurnEnding.Of(response);
        ending.ThrowIfPromptStopped(options.BlockedPrompt);
        await context.Response.WriteAsJsonAsync(envelope.Completion(response, ending), OpenAIJson.Wire.ChatCompletion, cancellationToken: cancellationToken);
    }

    private async Task StreamAsync(HttpResponse response, ReplyEnvelope envelope, IAsyncEnumerable<ChatResponseUpdate> updates, bool includeUsage, CancellationToken cancellationToken)
    {
        var events = new ServerSentEvents(response, time);
        try
        {
            await new ReplyStream(events, envelope, options.BlockedPrompt).CopyAsync(updates, includeUsage, cancellationToken);
        }
        catch (Exception exception) when (events.HasStarted && !cancellationToken.IsCancellationRequested)
        {
            // The status is out: clients read an error event, and the missing [DONE] says that the reply is not whole.
            await events.SendAsync(errors.Translate(exception).ToBody(), OpenAIJson.Wire.ErrorBody, cancellationToken);
        }
    }
}
