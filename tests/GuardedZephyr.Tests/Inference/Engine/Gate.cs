namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>Holds the engine's thread before each run after the warm-up, until opened or cancelled.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new();
    private volatile bool _holds = true;

    public Task Reached => _reached.Task;

    public void BeforeRun(int run, CancellationToken cancellationToken)
    {
        if (run >= FakeDecoder.WarmUp && _holds)
        {
            _reached.TrySetResult();
            _open.Wait(cancellationToken);
        }
    }

    public void Open() => _open.Set();

    /// <summary>Holds only the run that is at the gate now.</summary>
    public void OpenAfterwards() => _holds = false;

    public void Dispose() => _open.Dispose();
}
