using GuardedZephyr.DirectML.Native;

namespace GuardedZephyr.DirectML.Decoding;

/// <summary>One conversation's place: a generator, the ids that its cache holds, and the logits after the last of them.</summary>
/// <param name="appends">
/// Ids can be appended again and again, and the sequence rewound. DirectML cannot: a prompt needs a new generator, and a single id goes in by way of
/// logits that leave the library no other choice.
/// </param>
internal sealed class GenAiSlot(IGenAiModel model, bool appends, int vocabulary, IReadOnlyList<int> endIds) : IDisposable
{
    private readonly List<int> _ids = [];
    private readonly float[] _choice = appends ? [] : new float[vocabulary];
    private IGenerator? _generator;

    public float[] Logits { get; } = new float[vocabulary];

    /// <summary>Allocates the cache, so that no turn fails for want of it.</summary>
    public void Reserve() => _generator ??= model.CreateGenerator();

    /// <summary>Runs ids that follow the first <paramref name="past"/> cached ones; those after them are forgotten.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the slot holds its first <paramref name="past"/> ids.</exception>
    public void Run(ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(past, _ids.Count);
        if (ids is [var id] && CanForce(id, past))
        {
            Force(id);
        }
        else
        {
            var generator = GeneratorAt(past);
            Append(generator, appends ? ids : [.. _ids, .. ids], past, cancellationToken);
        }

        _ids.AddRange(ids);
        _generator!.ReadLogits(Logits);
    }

    public void Dispose() => _generator?.Dispose();

    /// <summary>Not an end mark: the library does not add one that it generates, so that comes as part of a new prompt.</summary>
    private bool CanForce(int id, int past) => !appends && _generator is not null && past > 0 && past == _ids.Count && !endIds.Contains(id);

    private void Force(int id)
    {
        _choice[id] = 1;
        _generator!.SetLogits(_choice);
        _choice[id] = 0;
        _generator.GenerateNext();
    }

    /// <summary>The generator for what follows the first ids: at their end, or new.</summary>
    private IGenerator GeneratorAt(int past)
    {
        if (!appends && _ids.Count > 0)
        {
            Drop();
        }
        else if (past < _ids.Count)
        {
            _generator!.RewindTo(past);
        }

        _ids.RemoveRange(past, _ids.Count - past);
        return _generator ??= model.CreateGenerator();
    }

    private void Append(IGenerator generator, ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static state => ((IGenerator)state!).Terminate(true), generator))
        {
            try
            {
                generator.Append(ids);
            }
            catch (GenAiException e) when (cancellationToken.IsCancellationRequested && !DeviceLoss.Is(e))
            {
                // It is what was asked for.
            }
        }

        // Also when the ids were through already: the generator was told to terminate, and stays so.
        if (cancellationToken.IsCancellationRequested)
        {
            TakeBack(generator, past);
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private void TakeBack(IGenerator generator, int past)
    {
        if (!appends)
        {
            Drop();
            return;
        }

        generator.Terminate(false);
        generator.RewindTo(past);
    }

    /// <summary>Before the next generator is there, for two caches may not fit.</summary>
    private void Drop()
    {
        _generator?.Dispose();
        _generator = null;
    }
}
