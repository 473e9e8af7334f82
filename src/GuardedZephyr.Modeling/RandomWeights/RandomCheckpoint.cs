using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Modeling.RandomWeights;

/// <summary>
/// A Hugging Face folder with random weights, for tests and benchmarks. Its tokenizer is that of models/zephyr-nano, whose vocabulary
/// is smaller than that of the large shapes: the ids above it have no text.
/// </summary>
public static class RandomCheckpoint
{
    private const long ShardBytes = 2_000_000_000;
    private const int ChunkValues = 4 << 20;
    private const int PartValues = 1 << 16;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The same shape, type and seed give the same weights.</summary>
    /// <param name="to">Must not exist, or be empty.</param>
    /// <param name="type">BF16, F16 or F32.</param>
    /// <exception cref="IOException">The target exists, or the disk is too small.</exception>
    public static void Write(
        string to, RandomShape shape, string type = "BF16", int seed = 0, IProgress<ExportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        ArgumentNullException.ThrowIfNull(shape);
        var name = type switch
        {
            "BF16" => "bfloat16",
            "F16" => "float16",
            "F32" => "float32",
            _ => throw new ArgumentException($"Weights are BF16, F16 or F32, not {type}.", nameof(type)),
        };
        var folder = new PartialFolder(to);
        var tensors = shape.Tensors().ToList();
        var total = tensors.Sum(tensor => tensor.Count) * TensorNumbers.SizeOf(type);
        folder.Write(total, partial =>
        {
            File.WriteAllText(Path.Combine(partial, "config.json"), shape.Config(name).ToJsonString(Readable) + "\n");
            File.WriteAllText(Path.Combine(partial, "generation_config.json"), new JsonObject { ["do_sample"] = false }.ToJsonString(Readable) + "\n");
            WriteTokenizer(partial);
            WriteShards(partial, tensors, type, seed, written => progress?.Report(new ExportProgress(written, total)), cancellationToken);
        });
    }

    private static void WriteTokenizer(string folder)
    {
        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json" })
        {
            using var source = typeof(RandomCheckpoint).Assembly.GetManifestResourceStream(name)!;
            using var target = File.Create(Path.Combine(folder, name));
            source.CopyTo(target);
        }
    }

    private static void WriteShards(string folder, List<RandomTensor> tensors, string type, int seed, Action<long> report, CancellationToken cancellationToken)
    {
        var shards = Shards(tensors, type);
        var (map, written) = (new JsonObject(), 0L);
        var buffer = new byte[ChunkValues * TensorNumbers.SizeOf(type)];
        foreach (var (number, shard) in shards.Index())
        {
            var file = shards.Count == 1 ? Checkpoint.SingleFile : string.Create(CultureInfo.InvariantCulture, $"model-{number + 1:D5}-of-{shards.Count:D5}.safetensors");
            using var stream = File.Create(Path.Combine(folder, file));
            stream.Write(SafetensorsHeader.Create(type, shard.Select(tensor => (tensor.Name, tensor.Shape))));
            foreach (var tensor in shard)
            {
                map[tensor.Name] = file;
                foreach (var bytes in Chunks(tensor, type, seed, buffer))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    stream.Write(bytes.Span);
                    report(written += bytes.Length);
                }
            }
        }

        if (shards.Count > 1)
        {
            var index = new JsonObject { ["metadata"] = new JsonObject { ["total_size"] = written }, ["weight_map"] = map };
            File.WriteAllText(Path.Combine(folder, Checkpoint.IndexFile), index.ToJsonString(Readable) + "\n");
        }
    }

    private static List<List<RandomTensor>> Shards(List<RandomTensor> tensors, string type)
    {
        var (shards, room) = (new List<List<RandomTensor>>(), 0L);
        foreach (var tensor in tensors)
        {
            var bytes = tensor.Count * TensorNumbers.SizeOf(type);
            if (bytes > room)
            {
                shards.Add([]);
                room = Math.Max(ShardBytes, bytes);
            }

            shards[^1].Add(tensor);
            room -= bytes;
        }

        return shards;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Chunks(RandomTensor tensor, string type, int seed, byte[] buffer)
    {
        var (key, width) = (GaussianNoise.Key(tensor.Name, seed), TensorNumbers.SizeOf(type));
        for (var first = 0L; first < tensor.Count; first += ChunkValues)
        {
            var (start, count) = (first, (int)Math.Min(ChunkValues, tensor.Count - first));
            Parallel.For(0, (count + PartValues - 1) / PartValues, () => new float[PartValues], (part, _, values) =>
            {
                var (offset, length) = (part * PartValues, Math.Min(PartValues, count - (part * PartValues)));
                GaussianNoise.Fill(key, start + offset, tensor.Mean, tensor.Spread, values.AsSpan(0, length));
                TensorNumbers.Narrow(type, values.AsSpan(0, length), buffer.AsSpan(offset * width, length * width));
                return values;
            }, _ => { });
            yield return buffer.AsMemory(0, count * width);
        }
    }
}
