namespace GuardedZephyr.Service.OpenAI;

internal sealed record StreamOptions
{
    public bool? IncludeUsage { get; init; }
}
