namespace GuardedZephyr.Service;

/// <summary>Gives every response an <c>x-request-id</c>, which clients report with their errors.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = $"req_{Guid.CreateVersion7():N}";
        context.Response.Headers["x-request-id"] = context.TraceIdentifier;
        return next(context);
    }
}
