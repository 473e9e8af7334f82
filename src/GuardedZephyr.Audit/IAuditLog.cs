namespace GuardedZephyr.Audit;

/// <summary>Where decisions are kept. A text is released only after the decision on it was appended.</summary>
public interface IAuditLog
{
    /// <summary>Returns when the records are durable, all or none of them.</summary>
    /// <exception cref="AuditUnavailableException">They could not be written in time: what they decide on must not be released.</exception>
    ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken);
}
