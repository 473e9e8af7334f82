using GuardedZephyr.Inference.Kernels;
using GuardedZephyr.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// The model's ONNX Runtime session on the CPU. A batch is a range of neighbouring slots, the cache of which is bound as past and as present, so that
/// GroupQueryAttention updates it in place. Slots of the range that have nothing to run take part with a first token; their caches survive it.
/// </summary>
/// <remarks>
/// To the bit, where all products run on <see cref="KernelGraph"/>'s kernels, nothing depends on what is computed together. Else, measured on ONNX
/// Runtime 1.31 with weights of 4, 8 and 32 bits: prefills of an even number of ids agree however a prompt is cut, a step differs from a prefill (the attention of a single row takes another path), and steps agree whatever the batch is if its rows are of the number that
/// <see cref="BatchRule"/> finds.
/// </remarks>
internal sealed class OnnxDecoder : IDecoder
{
    private readonly DecoderShape _shape;
    private readonly KeyValueCache _cache;
    private readonly InferenceSession _session;
    private readonly Dictionary<(int First, int Rows), OrtIoBinding> _bindings = [];
    private readonly BatchRule _rule;
    private readonly bool _lastTokenOnly;
    private long[] _ids = [];
    private long[] _mask = [];
    private OrtValue _logits;
    private int _firstSlot;

    public OnnxDecoder(ModelFolder folder, EngineOptions options, CachePlan plan)
    {
        _shape = folder.Decoder;
        var threads = BatchRule.Threads(options.Threads, _shape, plan.Slots);
        _session = OnnxSession.Open(folder, threads, out var exact);
        try
        {
            _lastTokenOnly = OnnxSession.CheckGraph(_session, folder);
            _cache = new KeyValueCache(_shape, plan, _session.InputMetadata[OnnxSession.Name(_shape.PastKeys, 0)].ElementDataType);
            Traits = new DecoderTraits
            {
                VocabularySize = folder.VocabularySize,
                Slots = plan.Slots,
                ContextLength = plan.ContextLength,
                CacheBytes = _cache.Bytes,
                ContinuesPrefill = true,
                CopiesPrefix = true,
                StepsEqualPrefill = exact,
                PrefillMultiple = exact ? 1 : 2,
            };
            _logits = CreateLogits(1, 1);
            _rule = BatchRule.Measure(BatchRule.MinRows(threads, _shape), _cache.Slots, StepFirst);
            Traits = Traits with { BatchesAgree = _rule.Holds };
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DecoderTraits Traits { get; }

    public void Prefill(int slot, ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _cache.TakeBack(slot);
        Prepare(1, ids.Length, past + ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            _ids[i] = ids[i];
        }

        _mask.AsSpan(0, past + ids.Length).Fill(1);
        Run(slot, 1, ids.Length, past + ids.Length, cancellationToken);
    }

    public void Step(ReadOnlySpan<SlotStep> steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (first, last, total) = (int.MaxValue, 0, 0);
        foreach (var step in steps)
        {
            (first, last, total) = (Math.Min(first, step.Slot), Math.Max(last, step.Slot), Math.Max(total, step.Past + 1));
        }

        (first, var rows) = _rule.Widen(first, last - first + 1);
        Prepare(rows, 1, total);
        _ids.AsSpan(0, rows).Clear();
        var lengths = (stackalloc int[rows]);
        lengths.Clear();
        foreach (var step in steps)
        {
            _cache.TakeBack(step.Slot);
            (_ids[step.Slot - first], lengths[step.Slot - first]) = (step.Id, step.Past + 1);
        }

        _mask.AsSpan(0, rows * total).Clear();
        for (var row = 0; row < rows; row++)
        {
            if (lengths[row] == 0)
            {
                _cache.Lend(first + row);
                lengths[row] = 1;
            }

            _mask.AsSpan(row * total, lengths[row]).Fill(1);
        }

        Run(first, rows, 1, total, cancellationToken);
    }

    public Span<float> Logits(int slot)
    {
        var shape = _logits.GetTensorTypeAndShape().Shape;
        var row = ((slot - _firstSlot + 1) * (int)shape[1]) - 1;
        return _logits.GetTensorMutableDataAsSpan<float>().Slice(row * Traits.VocabularySize, Traits.VocabularySize);
    }

    public void CopyPrefix(int from, int to, int length)
    {
        _cache.TakeBack(from);
        _cache.TakeBack(to);
        _cache.Copy(from, to, length);
    }

    public void Dispose()
    {
        foreach (var binding in _bindings.Values)
        {
            binding.Dispose();
        }

        _logits?.Dispose();
        _session.Dispose();
        _cache?.Dispose();
    }

    /// <summary>A first step of slots 0, 1, ... with ids of their own; their logits in one array.</summary>
    private float[] StepFirst(int rows)
    {
        Prepare(rows, 1, 1);
        for (var row = 0; row < rows; row++)
        {
            (_ids[row], _mask[row]) = ((17 * row) + 1, 1);
            _ids[row] %= Traits.VocabularySize;
        }

        Run(0, rows, 1, 1, CancellationToken.None);
        return Enumerable.Range(0, rows).SelectMany(row => Logits(row).ToArray()).ToArray();
    }

    private void Prepare(int rows, int length, int total)
    {
        if (_ids.Length < rows * length)
        {
            _ids = new long[rows * length];
        }

        if (_mask.Length < rows * total)
        {
            _mask = new long[rows * Traits.ContextLength];
        }
    }

    private void Run(int first, int rows, int length, int total, CancellationToken cancellationToken)
    {
        using var ids = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _ids.AsMemory(0, rows * length), [rows, length]);
        using var mask = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _mask.AsMemory(0, rows * total), [rows, total]);
        var logitsLength = _lastTokenOnly ? 1 : length;
        if (_logits.GetTensorTypeAndShape().Shape is var shape && (shape[0] != rows || shape[1] != logitsLength))
        {
            _logits.Dispose();
            _logits = CreateLogits(rows, logitsLength);
        }

        var binding = BindingOf(first, rows);
        binding.BindInput(_shape.InputIds, ids);
        binding.BindInput(_shape.AttentionMask, mask);
        binding.BindOutput(_shape.Logits, _logits);
        using var options = new RunOptions();
        using var registration = cancellationToken.Register(() => options.Terminate = true);
        try
        {
            _session.RunWithBinding(options, binding);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        _firstSlot = first;
    }

    private OrtIoBinding BindingOf(int first, int rows)
    {
        if (!_bindings.TryGetValue((first, rows), out var binding))
        {
            binding = _session.CreateIoBinding();
            _cache.Bind(binding, first, rows);
            _bindings.Add((first, rows), binding);
        }

        return binding;
    }

    private OrtValue CreateLogits(int rows, int length) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [rows, length, Traits.VocabularySize]);
}
