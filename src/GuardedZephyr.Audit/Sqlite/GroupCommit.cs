using System.Threading.Channels;

namespace GuardedZephyr.Audit;

/// <summary>
/// Gathers what concurrent turns append while a commit is under way, and hands it to the store as one commit: the cost of making
/// records durable is shared. One task writes; a caller waits for its own records only, and never longer than the deadline.
/// </summary>
internal sealed class GroupCommit
{
    private const int QueuedAppends = 1024;
    private const int AppendsPerCommit = 256;

    private readonly Action<IReadOnlyList<AuditRecord>> _commit;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _timeProvider;
    private readonly Channel<PendingAppend> _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(QueuedAppends) { SingleReader = true });
    private readonly Task _writer;

    /// <param name="commit">Makes all the records durable or throws; called from one thread at a time.</param>
    public GroupCommit(Action<IReadOnlyList<AuditRecord>> commit, TimeSpan deadline, TimeProvider timeProvider)
    {
        _commit = commit;
        _deadline = deadline;
        _timeProvider = timeProvider;
        _writer = Task.Run(WriteAsync);
    }

    public async ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        var append = new PendingAppend(records);
        try
        {
            await EnqueueAndWaitAsync(append, cancellationToken).WaitAsync(_deadline, _timeProvider, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new AuditUnavailableException($"The audit log did not confirm the record within {_deadline.TotalSeconds:0.#} s.", exception);
        }
        catch (ChannelClosedException exception)
        {
            throw new AuditUnavailableException("The audit log is closed.", exception);
        }
        finally
        {
            append.Abandon();
        }
    }

    /// <summary>Takes no more and writes what is queued; false when the store hangs and the deadline ended the wait.</summary>
    public async ValueTask<bool> CompleteAsync()
    {
        _queue.Writer.TryComplete();
        try
        {
            await _writer.WaitAsync(_deadline, _timeProvider);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task EnqueueAndWaitAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        await _queue.Writer.WriteAsync(append, cancellationToken);
        await append.Completion;
    }

    private async Task WriteAsync()
    {
        var taken = new List<PendingAppend>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            taken.Clear();
            while (taken.Count < AppendsPerCommit && _queue.Reader.TryRead(out var append))
            {
                if (append.TryTake())
                {
                    taken.Add(append);
                }
            }

            if (taken.Count > 0)
            {
                Commit(taken);
            }
        }
    }

    private void Commit(List<PendingAppend> appends)
    {
        try
        {
            _commit([.. appends.SelectMany(append => append.Records)]);
        }
        catch (Exception exception)
        {
            // Whatever went wrong, it is the callers' to know: the writer goes on, so that the log recovers when the store does.
            appends.ForEach(append => append.Fail(exception));
            return;
        }

        appends.ForEach(append => append.Succeed());
    }
}
