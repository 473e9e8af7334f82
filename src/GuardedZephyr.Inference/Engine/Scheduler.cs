using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// Decides what the decoder runs next, in rounds: idle slots go to waiting turns in their order; one chunk of one prompt is run, the prompts taking
/// turns; then one step of all turns that are past their prompt, as a batch. When there is no turn, it readies the replies of ended ones for reuse.
/// The engine's thread calls all but <see cref="Interrupt"/> and the properties. (One class because all of it is about one state: who has which slot.)
/// </summary>
internal sealed partial class Scheduler(
    DecoderHost host, TurnQueue queue, int slotCount, int prefillChunk, EngineMetrics metrics, ILogger logger, TimeProvider time, CancellationToken stopping)
{
    private SlotTable _slots = new(slotCount);
    private volatile CancellationTokenSource? _settling;
    private volatile int _busySlots;
    private long _cachedTokens;

    public int BusySlots => _busySlots;

    public long CachedTokens => Interlocked.Read(ref _cachedTokens);

    private IDecoder Decoder => host.Decoder!;

    /// <returns>False when there was nothing to do.</returns>
    public bool Round()
    {
        Admit();
        if (_slots.BusyCount == 0)
        {
            return Settle();
        }

        foreach (var slot in _slots.Busy.Where(slot => slot.Turn!.Cancellation.IsCancellationRequested))
        {
            End(slot, new OperationCanceledException(slot.Turn!.Cancellation));
        }

        Prefill();
        Step();
        Observe();
        return true;
    }

    /// <summary>Something waits that is more urgent than readying a reply. Thread-safe.</summary>
    public void Interrupt() => _settling?.Cancel();

    /// <summary>Fails the running and the waiting turns.</summary>
    public void FailAll(Exception exception)
    {
        foreach (var slot in _slots.Busy)
        {
            End(slot, exception);
        }

        while (queue.TryTake(out var turn))
        {
            turn.Fail(exception);
        }
    }

    private void Admit()
    {
        while (_slots.BusyCount < slotCount && queue.TryTake(out var turn))
        {
            if (turn.Cancellation.IsCancellationRequested)
            {
                turn.Fail(new OperationCanceledException(turn.Cancellation));
            }
            else if (host.Decoder is null && !host.Reopen(null, stopping))
            {
                turn.Fail(new EngineFailedException("its session cannot be opened"));
            }
            else
            {
                Place(turn);
            }
        }

        Observe();
    }

    private void Place(Turn turn)
    {
        var (slot, reused, source) = _slots.Choose(turn.Ids, Decoder.Traits.CopiesPrefix);
        slot.Start(turn, source is null ? reused : 0);
        _slots.Touch(slot);
        Attempt([slot], () =>
        {
            if (source is not null)
            {
                Decoder.CopyPrefix(source.Index, slot.Index, reused);
                slot.Copied(source, reused);
            }

            turn.CachedTokens = reused;
            metrics.Started(turn.PromptTokens, reused, source is not null, time.GetElapsedTime(turn.Arrival));
        });
    }

    /// <summary>One chunk of the prompt that has waited longest for one.</summary>
    private void Prefill()
    {
        if (_slots.Busy.Where(slot => slot.IsPrefilling).MinBy(slot => slot.LastUsed) is { } slot)
        {
            Attempt([slot], () =>
            {
                var turn = slot.Turn!;
                PrefillNext(slot, turn.Ids, slot.Cached.Count, turn.Cancellation);
                _slots.Touch(slot);
                Ran("prefill");
                if (slot.Cached.Count == turn.Ids.Count)
                {
                    slot.IsPrefilling = false;
                    Sample(slot);
                }
            });
        }
    }

    /// <summary>The next token of every turn that is past its prompt.</summary>
    private void Step()
    {
        List<Slot> slots = [.. _slots.Busy.Where(slot => !slot.IsPrefilling)];
        if (slots.Count == 0)
        {
            return;
        }

        Attempt(slots, () =>
        {
            SlotStep[] steps = [.. slots.Select(slot => new SlotStep(slot.Index, slot.Turn!.Ids[^1], slot.Cached.Count))];
            Decoder.Step(steps, stopping);
            Ran("decode");
            foreach (var (slot, step) in slots.Zip(steps))
            {
                slot.Stepped(step.Id, Decoder.Traits.StepsEqualPrefill);
                _slots.Touch(slot);
                Sample(slot);
            }
        });
    }

    /// <summary>
    /// Runs tokens of an ended turn's reply again, as a prefill, so that the next turn of its conversation finds them; a request that comes cuts it off.
    /// </summary>
    /// <returns>False when there is nothing to do.</returns>
    private bool Settle()
    {
        if (host.Decoder is not { Traits.ContinuesPrefill: true } || _slots.Idle.Where(slot => slot.Exact < slot.Cached.Count && slot.Cached.Count > 1).MaxBy(slot => slot.LastUsed) is not { } slot)
        {
            return false;
        }

        // Not disposed: a request may be about to cancel it, and it holds nothing.
        var settling = new CancellationTokenSource();
        _settling = settling;
        if (queue.Count == 0 && !stopping.IsCancellationRequested)
        {
            Attempt([], () =>
            {
                PrefillNext(slot, slot.Cached, slot.Exact, settling.Token);
                Ran("settle");
            });
        }

        _settling = null;
        return true;
    }

    /// <param name="done">Tokens that are cached.</param>
    private void PrefillNext(Slot slot, IReadOnlyList<int> ids, int done, CancellationToken cancellationToken)
    {
        var traits = Decoder.Traits;
        var (start, count) = traits.ContinuesPrefill ? PrefillCut.Next(done, ids.Count, prefillChunk, traits.PrefillMultiple) : (0, ids.Count);
        int[] part = [.. ids.Skip(start).Take(count)];
        slot.Spoil(start);
        Decoder.Prefill(slot.Index, part, start, cancellationToken);
        slot.Prefilled(part, start, traits.ContinuesPrefill && count % traits.PrefillMultiple == 0);
    }

    private void Sample(Slot slot)
    {
        var turn = slot.Turn!;
        try
        {
            var first = turn.Written == 0;
            var goesOn = turn.Sample(Decoder.Logits(slot.Index));
            if (first)
            {
                metrics.FirstToken(time.GetElapsedTime(turn.Arrival));
            }

            if (!goesOn)
            {
                End(slot, null);
            }
        }
        catch (NotFiniteNumberException e)
        {
            // What this slot has cached may be spoiled; what the others have is not.
            LogNotFinite(logger);
            End(slot, new EngineFailedException(e.Message, e));
            slot.Forget();
        }
    }

    /// <param name="exception">Null when the reply is finished.</param>
    private void End(Slot slot, Exception? exception)
    {
        if (exception is not null)
        {
            slot.Turn!.Fail(exception);
        }

        metrics.Ended(slot.Turn!.Written);
        slot.Free();
        Observe();
    }

    private void Ran(string kind)
    {
        metrics.Step(kind);
        host.Ran();
    }

    private void Observe()
    {
        _busySlots = _slots.BusyCount;
        Interlocked.Exchange(ref _cachedTokens, _slots.CachedTokens);
    }

    /// <summary>
    /// Runs something on the decoder. When it fails, the turns in it fail and the decoder is opened anew; the other turns begin again with what they have
    /// written, those that wait go on waiting, and what was cached is forgotten.
    /// </summary>
    private void Attempt(List<Slot> involved, Action run)
    {
        try
        {
            run();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || involved.Count == 0 || involved.Exists(slot => slot.Turn?.Cancellation.IsCancellationRequested == true))
        {
            // The round that follows ends the turn; a reply that was being readied waits for a quieter time.
        }
        catch (Exception e)
        {
            LogStepFailed(logger, e);
            foreach (var slot in involved.Where(slot => slot.Turn is not null))
            {
                End(slot, new EngineFailedException(e.Message.Split('\n')[0], e));
            }

            var running = _slots.Busy.Select(slot => slot.Turn!).ToList();
            if (host.Reopen(e, stopping))
            {
                _slots = new SlotTable(slotCount);
                running.ForEach(Resume);
            }
            else
            {
                FailAll(new EngineFailedException("its session cannot be opened again", e));
                _slots = new SlotTable(slotCount);
            }
        }
    }

    private void Resume(Turn turn)
    {
        var slot = _slots.Idle.First();
        slot.Start(turn, 0);
        _slots.Touch(slot);
    }

    [LoggerMessage(LogLevel.Error, "A step of the model failed; its session is being rebuilt")]
    private static partial void LogStepFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "The model's logits are not finite; the turn fails and its slot is cleared")]
    private static partial void LogNotFinite(ILogger logger);
}
