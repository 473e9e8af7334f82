namespace GuardedZephyr.Audit;

/// <summary>The audit log in one SQLite file (WAL, every commit durable). Thread-safe; one process may write while others read.</summary>
public sealed class SqliteAuditLog : IAuditLog, IAsyncDisposable
{
    private readonly SqliteAuditStore _store;
    private readonly GroupCommit _commits;

    private SqliteAuditLog(string path, SqliteAuditStore store, TimeSpan deadline, TimeProvider timeProvider)
    {
        Path = path;
        _store = store;
        _commits = new GroupCommit(store.Write, deadline, timeProvider);
    }

    /// <summary>Full path of the database.</summary>
    public string Path { get; }

    /// <summary>Opens the database; the file and its folder are made when they are not there.</summary>
    /// <param name="deadline">How long a write may take before it counts as failed; default 2 s.</param>
    /// <exception cref="AuditUnavailableException">The file cannot be written or is not an audit database; the message names it.</exception>
    public static SqliteAuditLog Open(string path, TimeSpan? deadline = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        path = System.IO.Path.GetFullPath(path);
        var store = new SqliteAuditStore(path);
        store.Open();
        return new SqliteAuditLog(path, store, deadline ?? TimeSpan.FromSeconds(2), timeProvider ?? TimeProvider.System);
    }

    public ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Count == 0 ? ValueTask.CompletedTask : _commits.AppendAsync(records, cancellationToken);
    }

    /// <summary>Makes a durable write that leaves no record.</summary>
    /// <exception cref="AuditUnavailableException">Records cannot be written now; the message says why.</exception>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => _commits.AppendAsync([], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (await _commits.CompleteAsync())
        {
            _store.Dispose();
        }
    }
}
