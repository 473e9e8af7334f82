namespace GuardedZephyr.Service.OpenAI;

internal static class OpenAIEndpoints
{
    public static void AddOpenAI(this IServiceCollection services)
    {
        services.AddSingleton<ErrorTranslator>();
        services.AddSingleton<ChatCompletionsEndpoint>();
        services.AddSingleton<ModelsEndpoint>();
    }

    public static void MapOpenAI(this WebApplication app)
    {
        app.MapPost("/v1/chat/completions", (HttpContext context, ChatCompletionsEndpoint endpoint, CancellationToken cancellationToken) => endpoint.HandleAsync(context, cancellationToken));
        app.MapGet("/v1/models", (HttpContext context, ModelsEndpoint endpoint, CancellationToken cancellationToken) => endpoint.ListAsync(context, cancellationToken));
        app.MapGet("/v1/models/{id}", (HttpContext context, ModelsEndpoint endpoint, string id, CancellationToken cancellationToken) => endpoint.GetAsync(context, id, cancellationToken));
        app.Map("/v1/{**rest}", (HttpContext _) => throw new ApiException(StatusCodes.Status404NotFound, "unknown_url", "There is no such endpoint, or not for this method."));
    }
}
