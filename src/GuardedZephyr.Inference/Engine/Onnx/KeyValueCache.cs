using System.Runtime.InteropServices;
using GuardedZephyr.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// Keys and values of every layer, each in one buffer [slots, heads, context, head size] of float32. A slot that takes part in a batch without being
/// asked to lends its first token's place for it, and gets it back before it is used again.
/// </summary>
internal sealed unsafe class KeyValueCache : IDisposable
{
    private readonly DecoderShape _shape;
    private readonly int _contextLength;
    private readonly List<nint> _buffers = [];
    private readonly List<OrtValue> _views = [];
    private readonly float[]?[] _lent;

    public KeyValueCache(DecoderShape shape, CachePlan plan)
    {
        (_shape, _contextLength) = (shape, plan.ContextLength);

        // Batches may have to be of an even number of rows. The memory of a slot that is never filled is never touched.
        Slots = plan.Slots == 1 ? 1 : plan.Slots + (plan.Slots % 2);
        _lent = new float[]?[Slots];
        Bytes = plan.Bytes(shape);
        for (var i = 0; i < 2 * shape.Layers; i++)
        {
            _buffers.Add((nint)NativeMemory.AllocZeroed((nuint)Slots, (nuint)SlotBytes));
        }
    }

    /// <summary>At least those of the plan.</summary>
    public int Slots { get; }

    /// <summary>Of the plan's slots.</summary>
    public long Bytes { get; }

    private long HeadBytes => (long)_contextLength * _shape.HeadSize * sizeof(float);

    private long SlotBytes => _shape.KeyValueHeads * HeadBytes;

    public void Bind(OrtIoBinding binding, int first, int rows)
    {
        long[] shape = [rows, _shape.KeyValueHeads, _contextLength, _shape.HeadSize];
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            Bind(_buffers[2 * layer], _shape.PastKeys, _shape.PresentKeys, layer);
            Bind(_buffers[(2 * layer) + 1], _shape.PastValues, _shape.PresentValues, layer);
        }

        void Bind(nint buffer, string past, string present, int layer)
        {
            var view = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, buffer + (nint)(first * SlotBytes), rows * SlotBytes);
            _views.Add(view);
            binding.BindInput(OnnxSession.Name(past, layer), view);
            binding.BindOutput(OnnxSession.Name(present, layer), view);
        }
    }

    /// <summary>Puts the slot's first token aside.</summary>
    public void Lend(int slot)
    {
        if (_lent[slot] is null)
        {
            var aside = new float[_buffers.Count * _shape.KeyValueHeads * _shape.HeadSize];
            for (var i = 0; i < aside.Length; i += _shape.HeadSize)
            {
                FirstToken(slot, i / _shape.HeadSize).CopyTo(aside.AsSpan(i));
            }

            _lent[slot] = aside;
        }
    }

    /// <summary>Puts the slot's first token back where it was lent.</summary>
    public void TakeBack(int slot)
    {
        if (_lent[slot] is { } aside)
        {
            for (var i = 0; i < aside.Length; i += _shape.HeadSize)
            {
                aside.AsSpan(i, _shape.HeadSize).CopyTo(FirstToken(slot, i / _shape.HeadSize));
            }

            _lent[slot] = null;
        }
    }

    public void Copy(int from, int to, int length)
    {
        var bytes = (long)length * _shape.HeadSize * sizeof(float);
        foreach (var buffer in _buffers)
        {
            for (var head = 0; head < _shape.KeyValueHeads; head++)
            {
                Buffer.MemoryCopy(Head(buffer, from, head), Head(buffer, to, head), bytes, bytes);
            }
        }
    }

    public void Dispose()
    {
        _views.ForEach(view => view.Dispose());
        _views.Clear();
        _buffers.ForEach(buffer => NativeMemory.Free((void*)buffer));
        _buffers.Clear();
    }

    /// <param name="index">Of the buffer and the head in it.</param>
    private Span<float> FirstToken(int slot, int index) =>
        new(Head(_buffers[index / _shape.KeyValueHeads], slot, index % _shape.KeyValueHeads), _shape.HeadSize);

    private byte* Head(nint buffer, int slot, int head) => (byte*)buffer + (slot * SlotBytes) + (head * HeadBytes);
}
