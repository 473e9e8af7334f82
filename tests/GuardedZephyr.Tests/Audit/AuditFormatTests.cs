using GuardedZephyr.Audit;
using Microsoft.Data.Sqlite;

namespace GuardedZephyr.Tests.Audit;

public sealed class AuditFormatTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_database_of_the_first_format_is_read_as_it_is_and_gets_what_it_lacks_when_it_is_written_to()
    {
        string path = _scratch.PathOf("audit.db");
        await using (var log = SqliteAuditLog.Open(path))
        {
            await log.AppendAsync([SomeRecord.Of("old")], Cancellation);
        }

        Execute(path, "ALTER TABLE decisions DROP COLUMN shadow_outcome; ALTER TABLE decisions DROP COLUMN shadow_action; PRAGMA user_version = 1");
        Assert.Null(Assert.Single(new AuditQuery(path).Find(new AuditFilter())).ShadowOutcome);
        Assert.Null(Assert.Single(new AuditQuery(path).Find(new AuditFilter { AfterSequence = 0 })).ShadowAction);

        await using (var log = SqliteAuditLog.Open(path))
        {
            await log.AppendAsync([SomeRecord.Of("new") with { ShadowRules = ["x"], ShadowOutcome = "blocked", ShadowAction = "block" }], Cancellation);
        }

        Assert.Equal([("old", null, null), ("new", "blocked", "block")], new AuditQuery(path).Find(new AuditFilter()).Select(record => (record.Turn, record.ShadowOutcome, record.ShadowAction)));
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
