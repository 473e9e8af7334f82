using System.Collections.Concurrent;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.DirectML.Decoding;

/// <summary>
/// A model run by onnxruntime-genai, with a generator for each slot. The engine's own tokenizer and sampler stay in charge: only ids go in, and only
/// logits come out. Calls on one device wait for each other, across decoders too.
/// </summary>
/// <remarks>Steps of several slots run one after the other: DirectML takes batches of one only.</remarks>
internal sealed class GenAiDecoder : IDecoder
{
    private static readonly ConcurrentDictionary<string, Lock> Devices = new();

    private readonly IGenAiModel _model;
    private readonly GenAiSlot[] _slots;
    private readonly Lock _device;
    private readonly Action<GenAiException> _failed;

    /// <param name="model">Is disposed with the decoder, and when this fails.</param>
    /// <param name="failed">Learns of each error that ends the decoder.</param>
    public GenAiDecoder(ModelFolder folder, CachePlan plan, IGenAiModel model, Action<GenAiException> failed)
    {
        (_model, _failed) = (model, failed);
        _device = Devices.GetOrAdd(model.Device, _ => new Lock());
        var appends = model.Device is "CPU" or "CUDA";
        _slots = [.. Enumerable.Range(0, plan.Slots).Select(_ => new GenAiSlot(model, appends, folder.VocabularySize, folder.EndIds))];
        var shape = folder.Decoder;
        Traits = new DecoderTraits
        {
            VocabularySize = folder.VocabularySize,
            Slots = plan.Slots,
            ContextLength = plan.ContextLength,
            CacheBytes = 2L * plan.Slots * plan.ContextLength * shape.Layers * shape.KeyValueHeads * shape.HeadSize * (folder.Target == ModelTarget.Cpu ? sizeof(float) : 2),
            ContinuesPrefill = appends,

            // Measured on the CPU; the same kernels' other providers were not.
            PrefillMultiple = 2,
        };
        try
        {
            lock (_device)
            {
                Array.ForEach(_slots, slot => slot.Reserve());
            }
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
        lock (_device)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                _slots[slot].Run(ids, past, cancellationToken);
            }
            catch (GenAiException e)
            {
                throw Failure(e);
            }
        }
    }

    public void Step(ReadOnlySpan<SlotStep> steps, CancellationToken cancellationToken)
    {
        lock (_device)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                foreach (var step in steps)
                {
                    // Not to be cancelled halfway: a step is short, and the other slots' ids are run already.
                    _slots[step.Slot].Run([step.Id], step.Past, CancellationToken.None);
                }
            }
            catch (GenAiException e)
            {
                throw Failure(e);
            }
        }
    }

    public Span<float> Logits(int slot) => _slots[slot].Logits;

    public void CopyPrefix(int from, int to, int length) => throw new NotSupportedException("A generator's cache cannot be copied.");

    public void Dispose()
    {
        lock (_device)
        {
            Array.ForEach(_slots, slot => slot.Dispose());
            _model.Dispose();
        }
    }

    private ModelDeviceException Failure(GenAiException e)
    {
        _failed(e);
        return new ModelDeviceException($"onnxruntime-genai failed on {_model.Device}: {e.FirstLine}", e);
    }
}
