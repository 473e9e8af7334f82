using GuardedZephyr.Audit;

namespace GuardedZephyr.Tests.Audit;

public sealed class AuditQueryTests : IAsyncLifetime
{
    private readonly ScratchFolder _scratch = new();
    private SqliteAuditLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _log = SqliteAuditLog.Open(_scratch.PathOf("audit.db"));
        await _log.AppendAsync(
            [
                SomeRecord.Of("t1") with { Conversation = "c1" },
                SomeRecord.Of("t1") with { Conversation = "c1", Direction = "output", Outcome = "modified", Rules = ["pii.contact", "pii.card"], Time = Hour(1) },
                SomeRecord.Of("t2") with { Outcome = "blocked", Rules = ["harm.hate"], Time = Hour(2) },
                SomeRecord.Of("t3") with { Conversation = "c2", Time = Hour(3) },
            ],
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _scratch.Dispose();
    }

    public static TheoryData<AuditFilter, long[]> Filters => new()
    {
        { new AuditFilter(), [1, 2, 3, 4] },
        { new AuditFilter { Turn = "t1" }, [1, 2] },
        { new AuditFilter { Conversation = "c2" }, [4] },
        { new AuditFilter { Direction = "output" }, [2] },
        { new AuditFilter { Outcome = "blocked" }, [3] },
        { new AuditFilter { Rule = "pii.card" }, [2] },
        { new AuditFilter { Rule = "pii" }, [] },
        { new AuditFilter { Since = Hour(1) }, [2, 3, 4] },
        { new AuditFilter { Until = Hour(2) }, [1, 2] },
        { new AuditFilter { Since = Hour(1), Until = Hour(3), Outcome = "blocked" }, [3] },
        { new AuditFilter { Limit = 2 }, [3, 4] },
        { new AuditFilter { AfterSequence = 1, Limit = 2 }, [2, 3] },
        { new AuditFilter { Turn = "' OR 1=1 --" }, [] },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Records_that_meet_every_condition_are_given_in_order(AuditFilter filter, long[] sequences) =>
        Assert.Equal(sequences, new AuditQuery(_log.Path).Find(filter).Select(record => record.Sequence));

    [Fact]
    public void A_database_that_is_not_there_is_named_and_not_made()
    {
        var path = _scratch.PathOf("other.db");

        var exception = Assert.Throws<AuditUnavailableException>(() => new AuditQuery(path).Find(new AuditFilter()));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_file_of_another_kind_is_named()
    {
        var path = _scratch.PathOf("notes.txt");
        File.WriteAllText(path, string.Join('\n', Enumerable.Repeat("Not a database at all.", 100)));

        var exception = Assert.Throws<AuditUnavailableException>(() => new AuditQuery(path).Find(new AuditFilter()));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static DateTimeOffset Hour(int hour) => new(2026, 11, 23, 12 + hour, 0, 0, TimeSpan.Zero);
}
