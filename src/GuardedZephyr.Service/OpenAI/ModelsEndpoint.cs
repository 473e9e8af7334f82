namespace GuardedZephyr.Service.OpenAI;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c></summary>
internal sealed class ModelsEndpoint(Serving serving, TimeProvider time)
{
    private readonly ModelInfo _model = new(serving.ModelId, time.GetUtcNow().ToUnixTimeSeconds());

    public static ApiException NotFound() =>
        new(StatusCodes.Status404NotFound, "model_not_found", "This service does not serve that model; GET /v1/models lists what it serves.", "model");

    public Task ListAsync(HttpContext context, CancellationToken cancellationToken) =>
        context.Response.WriteAsJsonAsync(new ModelList([_model]), OpenAIJson.Wire.ModelList, cancellationToken: cancellationToken);

    public Task GetAsync(HttpContext context, string id, CancellationToken cancellationToken) => id == _model.Id
        ? context.Response.WriteAsJsonAsync(_model, OpenAIJson.Wire.ModelInfo, cancellationToken: cancellationToken)
        : throw NotFound();
}
