using System.Text.Json;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>Reads a request's body. Its errors say where, never what was there.</summary>
internal static class RequestReader
{
    public static async Task<ChatCompletionRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // A web page of another origin can post any body but this kind without the browser asking first.
        if (!request.HasJsonContentType())
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "The request needs the header 'Content-Type: application/json'.");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, OpenAIJson.Default.ChatCompletionRequest, cancellationToken)
                ?? throw new ApiException(StatusCodes.Status400BadRequest, "invalid_json", "The request body is 'null' instead of a JSON object.");
        }
        catch (JsonException exception) when (exception.InnerException is JsonException)
        {
            throw new ApiException(
                StatusCodes.Status400BadRequest,
                "invalid_json",
                $"The request body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (JsonException exception)
        {
            // The path is made of this interface's own names: fields that it does not know are skipped.
            var param = exception.Path is { Length: > 2 } path ? path[2..] : null;
            throw new ApiException(
                StatusCodes.Status400BadRequest,
                "invalid_type",
                $"'{param ?? "The body"}' has the wrong type: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.",
                param);
        }
    }
}
