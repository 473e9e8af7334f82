using GuardedZephyr.Audit;
using Microsoft.Data.Sqlite;

namespace GuardedZephyr.Tests.Audit;

public sealed class SqliteAuditLogTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_record_can_be_read_over_another_connection_as_soon_as_it_was_appended()
    {
        var path = _scratch.PathOf("new", "folder", "audit.db");
        await using var log = SqliteAuditLog.Open(path);
        var record = SomeRecord.Of("chatcmpl-1") with
        {
            Time = new DateTimeOffset(2026, 11, 23, 14, 5, 6, 789, TimeSpan.FromHours(2)),
            Conversation = "c-1",
            Direction = "output",
            Outcome = "modified",
            Action = "redact",
            Rules = ["pii.government-id", "pii.contact"],
            ShadowRules = ["misinformation.health"],
            Findings = [new AuditFinding("US_SSN", 10, 11, 0.85, "pii")],
            FailedDetectors = ["harm"],
            Model = "zephyr-nano",
            GuardMilliseconds = 1.25,
            TextStart = 40,
        };

        await log.AppendAsync([record], Cancellation);

        var read = Assert.Single(new AuditQuery(path).Find(new AuditFilter()));
        Assert.Equal(1, read.Sequence);
        Assert.Equal(record.Time, read.Time);
        Assert.Equal(record.Rules, read.Rules);
        Assert.Equal(record.ShadowRules, read.ShadowRules);
        Assert.Equal(record.Findings, read.Findings);
        Assert.Equal(record.FailedDetectors, read.FailedDetectors);
        Assert.Equal(
            record with { Sequence = 1, Time = read.Time, Rules = read.Rules, ShadowRules = read.ShadowRules, Findings = read.Findings, FailedDetectors = read.FailedDetectors },
            read);
    }

    [Fact]
    public async Task A_thousand_concurrent_appends_are_all_kept_in_the_order_of_their_calls()
    {
        var path = _scratch.PathOf("audit.db");
        await using var log = SqliteAuditLog.Open(path, deadline: TimeSpan.FromMinutes(1));

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => log.AppendAsync([SomeRecord.Of($"{i}-a"), SomeRecord.Of($"{i}-b")], Cancellation).AsTask()));

        var records = new AuditQuery(path).Find(new AuditFilter { Limit = 5000 });
        Assert.Equal(Enumerable.Range(0, 1000).SelectMany(i => new[] { $"{i}-a", $"{i}-b" }), records.Select(record => record.Turn));
        Assert.Equal(Enumerable.Range(1, 2000).Select(i => (long)i), records.Select(record => record.Sequence));
    }

    [Fact]
    public async Task Every_commit_reaches_the_disk_before_it_is_confirmed()
    {
        var path = _scratch.PathOf("audit.db");
        await using var log = SqliteAuditLog.Open(path);
        await log.AppendAsync([SomeRecord.Of("1")], Cancellation);

        using var other = Connect(path);
        Assert.Equal("wal", Scalar(other, "PRAGMA journal_mode"));
        using var store = new SqliteConnection($"Data Source={path};Pooling=False");
        store.Open();
        AuditSchema.Prepare(store);
        Assert.Equal(2L, Scalar(store, "PRAGMA synchronous"));
    }

    [Fact]
    public async Task A_locked_database_fails_the_append_and_the_log_recovers_when_the_lock_is_gone()
    {
        var path = _scratch.PathOf("audit.db");
        await using var log = SqliteAuditLog.Open(path);
        using (var other = Connect(path))
        {
            Scalar(other, "BEGIN IMMEDIATE");

            var exception = await Assert.ThrowsAsync<AuditUnavailableException>(() => log.AppendAsync([SomeRecord.Of("lost")], Cancellation).AsTask());
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<AuditUnavailableException>(() => log.CheckAsync(Cancellation).AsTask());
            Scalar(other, "ROLLBACK");
        }

        await log.AppendAsync([SomeRecord.Of("kept")], Cancellation);
        await log.CheckAsync(Cancellation);

        Assert.Equal("kept", Assert.Single(new AuditQuery(path).Find(new AuditFilter())).Turn);
    }

    [Fact]
    public async Task Of_records_appended_together_none_stays_when_one_cannot_be_written()
    {
        var path = _scratch.PathOf("audit.db");
        await using var log = SqliteAuditLog.Open(path);
        using (var other = Connect(path))
        {
            Scalar(other, "CREATE TRIGGER full BEFORE INSERT ON decisions WHEN NEW.turn = 'second' BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        }

        await Assert.ThrowsAsync<AuditUnavailableException>(() => log.AppendAsync([SomeRecord.Of("first"), SomeRecord.Of("second")], Cancellation).AsTask());

        Assert.Empty(new AuditQuery(path).Find(new AuditFilter()));
    }

    [Fact]
    public async Task A_database_that_was_deleted_is_made_anew_instead_of_losing_records_in_a_file_without_a_name()
    {
        var path = _scratch.PathOf("audit.db");
        await using var log = SqliteAuditLog.Open(path);
        await log.AppendAsync([SomeRecord.Of("before")], Cancellation);
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");

        await log.AppendAsync([SomeRecord.Of("after")], Cancellation);

        Assert.Equal("after", Assert.Single(new AuditQuery(path).Find(new AuditFilter())).Turn);
    }

    [Fact]
    public async Task Appending_to_a_closed_log_fails()
    {
        var log = SqliteAuditLog.Open(_scratch.PathOf("audit.db"));
        await log.DisposeAsync();

        await Assert.ThrowsAsync<AuditUnavailableException>(() => log.AppendAsync([SomeRecord.Of("late")], Cancellation).AsTask());
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var path = _scratch.PathOf("sub", "audit.db");
        await using var log = SqliteAuditLog.Open(path);
        await log.AppendAsync([SomeRecord.Of("1")], Cancellation);

        Assert.All(Directory.GetFiles(Path.GetDirectoryName(path)!), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_by_name()
    {
        var path = _scratch.PathOf("notes.txt");
        File.WriteAllText(path, string.Join('\n', Enumerable.Repeat("Not a database at all.", 100)));

        AssertOneLineNaming(path, Assert.Throws<AuditUnavailableException>(() => SqliteAuditLog.Open(path)));
        Assert.StartsWith("Not a database", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_database_is_refused_by_name()
    {
        var path = _scratch.PathOf("audit.db");
        Directory.CreateDirectory(path);

        AssertOneLineNaming(path, Assert.Throws<AuditUnavailableException>(() => SqliteAuditLog.Open(path)));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_by_name()
    {
        File.WriteAllText(_scratch.PathOf("file"), "");
        var path = _scratch.PathOf("file", "audit.db");

        AssertOneLineNaming(path, Assert.Throws<AuditUnavailableException>(() => SqliteAuditLog.Open(path)));
    }

    [Fact]
    public void A_database_of_a_later_format_is_refused()
    {
        var path = _scratch.PathOf("audit.db");
        using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            other.Open();
            Scalar(other, "PRAGMA user_version = 99");
        }

        var exception = Assert.Throws<AuditUnavailableException>(() => SqliteAuditLog.Open(path));
        Assert.Contains("99", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertOneLineNaming(string path, Exception exception)
    {
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadWrite");
        connection.Open();
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
