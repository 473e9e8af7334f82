using GuardedZephyr.Audit;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Audit;

public sealed class GroupCommitTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_hangs_counts_as_failed_at_the_deadline_and_the_log_recovers_with_it()
    {
        var time = new FakeTimeProvider();
        using var store = new HangingStore();
        var commits = new GroupCommit(store.Commit, Deadline, time);
        var hanging = commits.AppendAsync([SomeRecord.Of("hanging")], Cancellation).AsTask();
        await store.Entered.WaitAsync(Cancellation);
        var behind = commits.AppendAsync([SomeRecord.Of("behind")], Cancellation).AsTask();

        time.Advance(Deadline);

        await Assert.ThrowsAsync<AuditUnavailableException>(() => hanging);
        await Assert.ThrowsAsync<AuditUnavailableException>(() => behind);
        store.Release();
        await commits.AppendAsync([SomeRecord.Of("next")], Cancellation);
        Assert.Equal(["hanging", "next"], store.Turns);
    }

    [Fact]
    public async Task Appends_that_wait_for_a_commit_share_the_next_one()
    {
        using var store = new HangingStore();
        var commits = new GroupCommit(store.Commit, Deadline, new FakeTimeProvider());
        var first = commits.AppendAsync([SomeRecord.Of("first")], Cancellation).AsTask();
        await store.Entered.WaitAsync(Cancellation);
        var rest = Enumerable.Range(0, 20).Select(i => commits.AppendAsync([SomeRecord.Of($"{i}")], Cancellation).AsTask()).ToList();

        store.Release();
        await Task.WhenAll([first, .. rest]);

        Assert.Equal(2, store.Commits);
        Assert.Equal(["first", .. Enumerable.Range(0, 20).Select(i => $"{i}")], store.Turns);
    }

    [Fact]
    public async Task A_full_queue_counts_as_failed_at_the_deadline()
    {
        var time = new FakeTimeProvider();
        using var store = new HangingStore();
        var commits = new GroupCommit(store.Commit, Deadline, time);
        var appends = Enumerable.Range(0, 3000).Select(i => commits.AppendAsync([SomeRecord.Of($"{i}")], Cancellation).AsTask()).ToList();

        time.Advance(Deadline);

        foreach (var append in appends)
        {
            await Assert.ThrowsAsync<AuditUnavailableException>(() => append);
        }

        store.Release();
    }

    [Fact]
    public async Task A_caller_that_leaves_is_not_kept_waiting()
    {
        using var store = new HangingStore();
        var commits = new GroupCommit(store.Commit, Deadline, new FakeTimeProvider());
        using var caller = new CancellationTokenSource();
        var append = commits.AppendAsync([SomeRecord.Of("1")], caller.Token).AsTask();

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        store.Release();
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_store_that_hangs()
    {
        var time = new FakeTimeProvider();
        using var store = new HangingStore();
        var commits = new GroupCommit(store.Commit, Deadline, time);
        var append = commits.AppendAsync([SomeRecord.Of("1")], Cancellation).AsTask();
        await store.Entered.WaitAsync(Cancellation);

        var closing = commits.CompleteAsync();
        time.Advance(Deadline);

        Assert.False(await closing);
        await Assert.ThrowsAsync<AuditUnavailableException>(() => append);
        store.Release();
    }

    /// <summary>Its first commit hangs until it is released.</summary>
    private sealed class HangingStore : IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public List<string> Turns { get; } = [];

        public int Commits { get; private set; }

        public void Commit(IReadOnlyList<AuditRecord> records)
        {
            _entered.TrySetResult();
            _released.Wait();
            Commits++;
            Turns.AddRange(records.Select(record => record.Turn));
        }

        public void Release() => _released.Set();

        public void Dispose() => _released.Set();
    }
}
