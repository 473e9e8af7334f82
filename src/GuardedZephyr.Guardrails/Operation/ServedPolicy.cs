namespace GuardedZephyr.Guardrails;

/// <summary>A policy under its name: the edition that judges now, which may be replaced at any time. Thread-safe.</summary>
internal sealed class ServedPolicy(string name, PolicyEdition first)
{
    private PolicyEdition _current = first;
    private PolicyFault? _fault;

    public string Name => name;

    public PolicyStatus Status
    {
        get
        {
            PolicyEdition current = Volatile.Read(ref _current);
            return new PolicyStatus(name, current.Pipeline.Policy.Identity, current.LoadedAt, Volatile.Read(ref _fault));
        }
    }

    /// <summary>The edition that judges now, taken once for the caller.</summary>
    public PolicyEdition Take()
    {
        while (true)
        {
            PolicyEdition current = Volatile.Read(ref _current);
            if (current.Users.TryTake())
            {
                return current;
            }

            // Closed between the two lines: then another one stands in its place, or the service has ended.
            ObjectDisposedException.ThrowIf(ReferenceEquals(current, Volatile.Read(ref _current)), this);
        }
    }

    /// <summary>Turns that begin from now on are judged by another edition.</summary>
    public void Replace(PolicyEdition next)
    {
        Interlocked.Exchange(ref _current, next).Users.Release();
        Volatile.Write(ref _fault, null);
    }

    public void Keep(PolicyFault fault) => Volatile.Write(ref _fault, fault);

    public void Close() => Volatile.Read(ref _current).Users.Release();
}
