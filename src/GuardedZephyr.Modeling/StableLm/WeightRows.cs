using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>A matrix of the graph as checkpoints have it, [out, in]: one or more tensors below one another.</summary>
internal sealed class WeightRows
{
    private const int ChunkWeights = 8 << 20;

    private readonly Checkpoint _checkpoint;
    private readonly IReadOnlyList<WeightPart> _parts;
    private readonly string _folder;

    /// <exception cref="CheckpointException">A tensor is missing or of another shape or type.</exception>
    public WeightRows(Checkpoint checkpoint, string folder, int columns, params IReadOnlyList<WeightPart> parts)
    {
        (_checkpoint, _folder, Columns, _parts) = (checkpoint, folder, columns, parts);
        foreach (var part in parts)
        {
            _ = checkpoint.Require(part.Tensor, part.Rows, columns);
            Count += part.Rows;
        }
    }

    public int Count { get; }

    public int Columns { get; }

    /// <summary>Chunks from the first row to the last; the next one is read while one is worked on.</summary>
    public IEnumerable<WeightChunk> Chunks()
    {
        Task<WeightChunk>? next = null;
        foreach (var range in Ranges())
        {
            var ready = next;
            next = Task.Run(() => Read(range.Part, range.First, range.Count));
            if (ready is not null)
            {
                yield return ready.GetAwaiter().GetResult();
            }
        }

        if (next is not null)
        {
            yield return next.GetAwaiter().GetResult();
        }
    }

    /// <summary>What to say of a value that the export cannot store.</summary>
    public CheckpointException Unfit(string problem) => new(_folder, $"tensor '{string.Join("', '", _parts.Select(part => part.Tensor))}' {problem}");

    /// <summary>Whole heads, where the rows of a head change places.</summary>
    private IEnumerable<(WeightPart Part, int First, int Count)> Ranges()
    {
        foreach (var part in _parts)
        {
            var step = part.HeadOrder?.Count ?? 1;
            var size = Math.Max(1, ChunkWeights / Columns / step) * step;
            for (var first = 0; first < part.Rows; first += size)
            {
                yield return (part, first, Math.Min(size, part.Rows - first));
            }
        }
    }

    private WeightChunk Read(WeightPart part, int first, int count)
    {
        var type = _checkpoint.Require(part.Tensor, part.Rows, Columns).Type;
        var width = Columns * TensorNumbers.SizeOf(type);
        var bytes = new byte[count * width];
        _checkpoint.ReadBytes(part.Tensor, (long)first * width, bytes);
        return new WeightChunk(type, bytes, count, part.HeadOrder);
    }
}
