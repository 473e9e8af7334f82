using System.Runtime.InteropServices;
using GuardedZephyr.Modeling.RandomWeights;

namespace GuardedZephyr.Bench;

/// <summary>A StableLM model of random Q4_0 weights for llama.cpp. Speed does not depend on what the weights are.</summary>
internal static class LlamaModel
{
    private const int Block = 32;
    private const int BlockBytes = 18;
    private static readonly string[] Merges = ["t 1"];

    public static void Write(string path, RandomShape shape)
    {
        var random = new Random(1);
        var half = shape.Hidden / shape.Heads;
        GgufWriter.Write(
            path,
            [
                ("general.architecture", "stablelm"),
                ("stablelm.context_length", (uint)shape.Context),
                ("stablelm.embedding_length", (uint)shape.Hidden),
                ("stablelm.block_count", (uint)shape.Layers),
                ("stablelm.feed_forward_length", (uint)shape.Intermediate),
                ("stablelm.attention.head_count", (uint)shape.Heads),
                ("stablelm.attention.head_count_kv", (uint)shape.KeyValueHeads),
                ("stablelm.attention.layer_norm_epsilon", 1e-5f),
                ("stablelm.rope.dimension_count", (uint)(half / 4)),
                ("stablelm.rope.freq_base", 10000f),
                ("stablelm.use_parallel_residual", false),
                ("tokenizer.ggml.model", "gpt2"),
                ("tokenizer.ggml.pre", "default"),
                ("tokenizer.ggml.tokens", Enumerable.Range(0, shape.Vocabulary).Select(id => $"t{id}").ToArray()),
                ("tokenizer.ggml.token_type", Enumerable.Repeat(1, shape.Vocabulary).ToArray()),
                ("tokenizer.ggml.merges", Merges),
                ("tokenizer.ggml.bos_token_id", 0u),
                ("tokenizer.ggml.eos_token_id", 0u),
            ],
            [.. Tensors(shape, random)]);
    }

    private static IEnumerable<GgufWriter.Tensor> Tensors(RandomShape shape, Random random)
    {
        var (hidden, inner) = (shape.Hidden, shape.Intermediate);
        var keys = hidden / shape.Heads * shape.KeyValueHeads;
        yield return Matrix("token_embd.weight", hidden, shape.Vocabulary, random);
        yield return Matrix("output.weight", hidden, shape.Vocabulary, random);
        yield return Vector("output_norm.weight", hidden, 1);
        yield return Vector("output_norm.bias", hidden, 0);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            foreach (var norm in new[] { "attn_norm", "ffn_norm" })
            {
                yield return Vector($"blk.{layer}.{norm}.weight", hidden, 1);
                yield return Vector($"blk.{layer}.{norm}.bias", hidden, 0);
            }

            yield return Matrix($"blk.{layer}.attn_q.weight", hidden, hidden, random);
            yield return Matrix($"blk.{layer}.attn_k.weight", hidden, keys, random);
            yield return Matrix($"blk.{layer}.attn_v.weight", hidden, keys, random);
            yield return Matrix($"blk.{layer}.attn_output.weight", hidden, hidden, random);
            yield return Matrix($"blk.{layer}.ffn_gate.weight", hidden, inner, random);
            yield return Matrix($"blk.{layer}.ffn_up.weight", hidden, inner, random);
            yield return Matrix($"blk.{layer}.ffn_down.weight", inner, hidden, random);
        }
    }

    private static GgufWriter.Tensor Matrix(string name, int columns, int rows, Random random) =>
        new(name, [columns, rows], GgufWriter.Q4Zero, (long)rows * columns / Block * BlockBytes, stream =>
        {
            var row = new byte[columns / Block * BlockBytes];
            var scale = BitConverter.HalfToUInt16Bits((Half)(0.2 / Math.Sqrt(columns)));
            for (var i = 0; i < rows; i++)
            {
                random.NextBytes(row);
                for (var block = 0; block < row.Length; block += BlockBytes)
                {
                    BitConverter.TryWriteBytes(row.AsSpan(block), scale);
                }

                stream.Write(row);
            }
        });

    private static GgufWriter.Tensor Vector(string name, int length, float value) =>
        new(name, [length], GgufWriter.Float32, 4L * length, stream => stream.Write(MemoryMarshal.AsBytes(Enumerable.Repeat(value, length).ToArray().AsSpan())));
}
