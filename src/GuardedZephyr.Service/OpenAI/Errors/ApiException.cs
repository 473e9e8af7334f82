namespace GuardedZephyr.Service.OpenAI;

/// <summary>A request ends with this error. The message may name parameters and positions, never what they hold.</summary>
internal sealed class ApiException(int status, string code, string message, string? param = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Param { get; } = param;

    /// <summary>Seconds after which the client may try again; null when it should not say.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For a prompt that the policy blocked, in the form that handlers of Azure's content filter read.</summary>
    public InnerError? InnerError { get; init; }

    public GuardInfo? Guard { get; init; }

    public ErrorBody ToBody() => new()
    {
        Error = new ErrorBody.Detail
        {
            Message = Message,
            Type = Status >= StatusCodes.Status500InternalServerError ? "server_error" : "invalid_request_error",
            Param = Param,
            Code = Code,
            InnerError = InnerError,
        },
        Guard = Guard,
    };
}
