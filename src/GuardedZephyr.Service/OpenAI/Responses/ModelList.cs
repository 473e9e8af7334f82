namespace GuardedZephyr.Service.OpenAI;

internal sealed record ModelList(IReadOnlyList<ModelInfo> Data)
{
    public string Object { get; } = "list";
}

/// <param name="Created">Unix seconds: when this service started to serve it.</param>
internal sealed record ModelInfo(string Id, long Created)
{
    public string Object { get; } = "model";

    public string OwnedBy { get; } = "guarded-zephyr";
}
