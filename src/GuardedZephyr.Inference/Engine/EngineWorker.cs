using System.Diagnostics.Metrics;
using GuardedZephyr.Inference.Models;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Inference.Engine;

/// <summary>The engine's thread: it alone touches the decoder. Disposing cancels what runs, fails what waits and ends the thread.</summary>
internal sealed class EngineWorker : IDisposable
{
    private readonly CachePlan _plan;
    private readonly DecoderHost _host;
    private readonly EngineMetrics _metrics;
    private readonly TurnQueue _queue;
    private readonly Scheduler _scheduler;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;

    public EngineWorker(ModelFolder model, EngineOptions options, CachePlan plan, Func<CachePlan, IDecoder> openDecoder, ILogger logger, TimeProvider time)
    {
        Stopping = _stopping.Token;
        _plan = plan;
        _host = new DecoderHost(model, () => openDecoder(plan), logger, time);
        _metrics = new EngineMetrics(() => Status);
        _queue = new TurnQueue(options.QueueLimit);
        _scheduler = new Scheduler(_host, _queue, plan.Slots, options.PrefillChunk, _metrics, logger, time, Stopping);
        _thread = new Thread(Work) { IsBackground = true, Name = "GuardedZephyr engine" };
    }

    /// <summary>Cancelled when the worker is disposed.</summary>
    public CancellationToken Stopping { get; }

    public Meter Meter => _metrics.Meter;

    public EngineStatus Status => new()
    {
        State = _host.State,
        Slots = _plan.Slots,
        BusySlots = _scheduler.BusySlots,
        QueueLength = _queue.Count,
        CacheBytes = _host.CacheBytes,
        UsedCacheBytes = _host.CacheBytes / _plan.Slots / _plan.ContextLength * _scheduler.CachedTokens,
        LastStep = _host.LastStep,
        Steps = _metrics.Steps,
        PromptTokens = _metrics.PromptTokens,
        CachedTokens = _metrics.CachedTokens,
        OutputTokens = _metrics.OutputTokens,
        PrefixHits = _metrics.PrefixHits,
        Rebuilds = _host.Rebuilds,
    };

    /// <summary>Starts the thread and returns when the model is loaded; throws what kept it from loading.</summary>
    public void Start()
    {
        _thread.Start();
        _loaded.Task.GetAwaiter().GetResult();
    }

    /// <returns>False when the queue is full.</returns>
    public bool TryQueue(Turn turn)
    {
        if (!_queue.TryAdd(turn))
        {
            _metrics.Refused();
            return false;
        }

        _scheduler.Interrupt();
        return true;
    }

    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _stopping.Cancel();
        _queue.Close();
        _scheduler.Interrupt();
        _thread.Join();
        _metrics.Dispose();
        _stopping.Dispose();
    }

    private void Work()
    {
        using (_host)
        {
            try
            {
                _host.Open();
                _loaded.SetResult();
            }
            catch (Exception e)
            {
                _loaded.SetException(e);
                return;
            }

            while (!_stopping.IsCancellationRequested)
            {
                if (!_scheduler.Round())
                {
                    _queue.Wait();
                }
            }

            _scheduler.FailAll(new OperationCanceledException("The engine was shut down."));
        }
    }
}
