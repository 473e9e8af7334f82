namespace GuardedZephyr.Audit;

/// <summary>Which records to read: those that meet every condition that is set.</summary>
public sealed record AuditFilter
{
    public string? Turn { get; init; }

    public string? Conversation { get; init; }

    public string? Direction { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Id of an enforced rule that matched.</summary>
    public string? Rule { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Read on behind this sequence number. Without it the newest records are given.</summary>
    public long? AfterSequence { get; init; }

    /// <summary>At most this many records.</summary>
    public int Limit { get; init; } = 100;
}
