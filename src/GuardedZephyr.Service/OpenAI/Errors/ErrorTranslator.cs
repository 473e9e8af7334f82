using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>Finds the error that a client sees. One that nobody foresaw is logged by type and place: its message may hold text of the request.</summary>
internal sealed partial class ErrorTranslator(ILogger<ErrorTranslator> logger)
{
    private const int RetryAfter = 5;

    public ApiException Translate(Exception exception)
    {
        switch (exception)
        {
            case ApiException known:
                return known;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new ApiException(StatusCodes.Status413PayloadTooLarge, "request_too_large", $"The request body is over {ServiceHost.MaxRequestBytes} bytes.");
            case BadHttpRequestException bad:
                return new ApiException(bad.StatusCode, "bad_request", "The request is not valid HTTP.");
            case AuditUnavailableException:
                LogAuditUnavailable(exception.Message);
                return new ApiException(StatusCodes.Status503ServiceUnavailable, "audit_unavailable", "The decision on this turn could not be recorded, so nothing is released.")
                {
                    RetryAfter = RetryAfter,
                };
            case UnknownPolicyException:
                return new ApiException(StatusCodes.Status400BadRequest, "unknown_policy", exception.Message, "moderation");
            case ContextLengthExceededException:
                return new ApiException(StatusCodes.Status400BadRequest, "context_length_exceeded", exception.Message, "messages");
            case UnknownTokenException:
                return new ApiException(StatusCodes.Status400BadRequest, "invalid_value", exception.Message, "logit_bias");
            case EngineBusyException:
                return new ApiException(StatusCodes.Status503ServiceUnavailable, "overloaded", exception.Message) { RetryAfter = RetryAfter };
            case EngineFailedException:
                return new ApiException(StatusCodes.Status503ServiceUnavailable, "engine_failed", "The model failed on this turn; the same request may work again.") { RetryAfter = RetryAfter };
            default:
                LogUnforeseen(exception.GetType().FullName!, exception.StackTrace);
                return new ApiException(StatusCodes.Status500InternalServerError, "internal_error", "The service failed on this request.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn was refused: {Reason}")]
    private partial void LogAuditUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed with {Type} at {StackTrace}")]
    private partial void LogUnforeseen(string type, string? stackTrace);
}
