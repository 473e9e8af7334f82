namespace GuardedZephyr.Service;

internal enum BlockedPrompt
{
    /// <summary>Status 400 with code <c>content_filter</c>.</summary>
    Error,

    /// <summary>Status 200 with the refusal as <c>message.refusal</c>: for chat interfaces that show errors badly.</summary>
    Refusal,
}
