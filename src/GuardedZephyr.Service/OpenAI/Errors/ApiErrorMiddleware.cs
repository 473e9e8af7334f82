namespace GuardedZephyr.Service.OpenAI;

/// <summary>Answers every failure with OpenAI's error body.</summary>
internal sealed class ApiErrorMiddleware(RequestDelegate next, ErrorTranslator errors)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left: there is nobody to answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context.Response, errors.Translate(exception), context.RequestAborted);
        }
    }

    private static Task AnswerAsync(HttpResponse response, ApiException error, CancellationToken cancellationToken)
    {
        response.StatusCode = error.Status;
        if (error.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = $"{seconds}";
        }

        if (error.Status < StatusCodes.Status500InternalServerError)
        {
            response.Headers["x-should-retry"] = "false";
        }

        return response.WriteAsJsonAsync(error.ToBody(), OpenAIJson.Wire.ErrorBody, cancellationToken: cancellationToken);
    }
}
