namespace GuardedZephyr.Audit;

/// <summary>Records on their way to the store. One whose caller has given up is not written any more, unless its commit had begun.</summary>
internal sealed class PendingAppend(IReadOnlyList<AuditRecord> records)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _claimed;

    public IReadOnlyList<AuditRecord> Records { get; } = records;

    public Task Completion => _completion.Task;

    /// <summary>Claims the records for a commit; false when their caller was quicker to give up.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _claimed, 1) == 0;

    public void Abandon()
    {
        if (TryTake())
        {
            _completion.TrySetCanceled();
        }
    }

    public void Succeed() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception as AuditUnavailableException
        ?? new AuditUnavailableException("The audit log could not write.", exception));
}
