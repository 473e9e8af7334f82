using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>A matrix of the graph as checkpoints have it, [out, in]: one or more tensors below one another.</summary>
internal sealed class WeightRows
{
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

    /// <summary>How many weights are in memory at a time, about; twice that, with the chunk that is read ahead.</summary>
    public int ChunkWeights { get; init; } = 8 << 20;

    public int Columns { get; }

    /// <summary>Chunks from the first row to the last; the next one is read while one is worked on. A chunk is gone when the next is taken.</summary>
    public IEnumerable<WeightChunk> Chunks()
    {
        using var ranges = Ranges().GetEnumerator();
        var next = Next();
        while (next is not null)
        {
            var (ready, after) = (next, Next());
            using (var chunk = ready.GetAwaiter().GetResult())
            {
                yield return chunk;
            }

            next = after;
        }

        Task<WeightChunk>? Next()
        {
            if (!ranges.MoveNext())
            {
                return null;
            }

            var (part, first, count) = ranges.Current;
            return Task.Run(() => Read(part, first, count));
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
        var chunk = new WeightChunk(type, width, count, part.HeadOrder);
        _checkpoint.ReadBytes(part.Tensor, (long)first * width, chunk.Bytes);
        return chunk;
    }
}
