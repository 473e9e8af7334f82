using GuardedZephyr.Audit;

namespace GuardedZephyr.Cli;

/// <summary>For commands that release nothing. Whatever would be released after all is refused.</summary>
internal sealed class NoAuditLog : IAuditLog
{
    public ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken) =>
        throw new AuditUnavailableException("This command keeps no audit log.");
}
