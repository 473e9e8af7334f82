namespace GuardedZephyr.Guardrails;

/// <summary>Counts who uses something, from one on, and closes it when the last one leaves. Thread-safe.</summary>
internal sealed class UseCount(Action close)
{
    private int _users = 1;

    public bool IsClosed => Volatile.Read(ref _users) == 0;

    /// <returns>False when it is closed already.</returns>
    public bool TryTake()
    {
        for (int users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
            {
                return true;
            }
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            close();
        }
    }
}
