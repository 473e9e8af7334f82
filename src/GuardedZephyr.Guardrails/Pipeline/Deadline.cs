namespace GuardedZephyr.Guardrails;

/// <summary>How long the guard may still judge. It runs from its making on, so a turn makes a new one, of what it has left, for each piece of work: the model's time does not count.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan allowed)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = allowed - time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public bool HasPassed => Left == TimeSpan.Zero;
}
