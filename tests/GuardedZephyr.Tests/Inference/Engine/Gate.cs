namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>Holds the engine's thread before each step after the warm-up, until opened or cancelled.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new();

    public Task Reached => _reached.Task;

    public void BeforeStep(int step, CancellationToken cancellationToken)
    {
        if (step > 0)
        {
            _reached.TrySetResult();
            _open.Wait(cancellationToken);
        }
    }

    public void Open() => _open.Set();

    public void Dispose() => _open.Dispose();
}
