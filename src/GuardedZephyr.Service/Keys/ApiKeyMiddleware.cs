using GuardedZephyr.Service.OpenAI;

namespace GuardedZephyr.Service;

/// <summary>Lets requests to the API pass with a key alone, where keys are configured; what comes with one has it as <see cref="Of"/>.</summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, ApiKeys keys)
{
    private const string Scheme = "Bearer ";

    private static readonly object Item = new();

    /// <summary>The key that a request came with; null where none is asked for.</summary>
    public static ApiKey? Of(HttpContext context) => context.Items[Item] as ApiKey;

    public Task InvokeAsync(HttpContext context)
    {
        if (keys.AreRequired && Given(context.Request.Headers) is { } given && keys.Find(given) is { } key)
        {
            context.Items[Item] = key;
        }
        else if (keys.AreRequired && context.Request.Path.StartsWithSegments("/v1"))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ApiException(StatusCodes.Status401Unauthorized, "invalid_api_key", "The request needs a valid key, as 'Authorization: Bearer <key>' or 'api-key: <key>'.");
        }

        return next(context);
    }

    private static string? Given(IHeaderDictionary headers)
    {
        string authorization = headers.Authorization.ToString();
        var key = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : headers["api-key"].ToString();
        return key.Length > 0 ? key : null;
    }
}
