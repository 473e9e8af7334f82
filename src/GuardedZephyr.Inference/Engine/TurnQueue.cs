using System.Diagnostics.CodeAnalysis;

namespace GuardedZephyr.Inference.Engine;

/// <summary>Turns that wait, first come first served. Those that were cancelled while waiting take up no room.</summary>
internal sealed class TurnQueue(int limit)
{
    private readonly object _lock = new();
    private readonly Queue<Turn> _turns = [];
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _turns.Count;
            }
        }
    }

    /// <returns>False when the queue is full or closed.</returns>
    public bool TryAdd(Turn turn)
    {
        lock (_lock)
        {
            if (_turns.Count >= limit)
            {
                DropCancelled();
            }

            if (_closed || _turns.Count >= limit)
            {
                return false;
            }

            _turns.Enqueue(turn);
            Monitor.PulseAll(_lock);
            return true;
        }
    }

    public bool TryTake([NotNullWhen(true)] out Turn? turn)
    {
        lock (_lock)
        {
            return _turns.TryDequeue(out turn);
        }
    }

    /// <summary>Returns when a turn waits or the queue is closed.</summary>
    public void Wait()
    {
        lock (_lock)
        {
            while (_turns.Count == 0 && !_closed)
            {
                Monitor.Wait(_lock);
            }
        }
    }

    /// <summary>Refuses further turns and wakes who waits.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }
    }

    private void DropCancelled()
    {
        for (var i = _turns.Count; i > 0; i--)
        {
            var turn = _turns.Dequeue();
            if (turn.Cancellation.IsCancellationRequested)
            {
                turn.Fail(new OperationCanceledException(turn.Cancellation));
            }
            else
            {
                _turns.Enqueue(turn);
            }
        }
    }
}
