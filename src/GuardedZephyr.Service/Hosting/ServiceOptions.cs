namespace GuardedZephyr.Service;

/// <summary>Settings of the HTTP side; configuration section <c>GuardedZephyr:Service</c>.</summary>
internal sealed class ServiceOptions
{
    /// <summary>How a client learns that its prompt was blocked.</summary>
    public BlockedPrompt BlockedPrompt { get; set; }
}
