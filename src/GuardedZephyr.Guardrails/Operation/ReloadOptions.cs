namespace GuardedZephyr.Guardrails;

/// <summary>Whether a policy that is changed on disk is taken up while the service runs.</summary>
public sealed class ReloadOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>Whether the file system is asked to tell of changes; without it they are seen at the next poll.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>How often the files are compared with what was loaded, for changes that the file system does not tell of (network drives).</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the files must stand still before they are read: nobody is in the middle of writing them then.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMilliseconds(500);
}
