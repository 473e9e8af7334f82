namespace GuardedZephyr.Service.OpenAI;

/// <summary>Azure OpenAI's form of a blocked prompt; handlers written for it read exactly this code and these names.</summary>
internal sealed record InnerError
{
    public string Code { get; } = "ResponsibleAIPolicyViolation";

    public required ContentFilterResult ContentFilterResult { get; init; }
}
