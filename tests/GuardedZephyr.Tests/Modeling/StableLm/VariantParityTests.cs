using System.Collections.Concurrent;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>Each member of the family, on each target, computes what the float64 reference says, in every way the engine runs it.</summary>
public sealed class VariantParityTests : IDisposable
{
    private const double Single = 1e-4;

    /// <summary>A graph that computes in float16, which has 11 bits.</summary>
    private const double Half = 0.015;

    private static readonly int[][] Sequences = [.. new[] { (37, 40), (53, 13), (71, 19) }.Select(it => Enumerable.Range(0, it.Item2).Select(i => 2 + (i * it.Item1 % 290)).ToArray())];
    private static readonly ConcurrentDictionary<string, double[][][]> References = [];
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("variants-");

    public static TheoryData<string> Variants =>
        ["3b", "1.6b", "12b", "tied", "3b with biases", "epoch", "epoch with biases", "rope parameters", "one key head", "head of 40", "head of 32", "all rotated"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Variants))]
    public void Float32_graph_for_the_cpu_agrees(string variant) => Check(variant, ExportPrecision.Fp32, Single);

    [Theory]
    [MemberData(nameof(Variants))]
    public void Float16_weights_for_the_cpu_agree(string variant) => Check(variant, ExportPrecision.Fp16, Single);

    [Theory]
    [MemberData(nameof(Variants))]
    public void Graph_for_directml_agrees(string variant) =>
        Check(variant, new ExportOptions { Precision = ExportPrecision.Fp16, Target = ExportTarget.DirectMl }, Half);

    [Theory]
    [MemberData(nameof(Variants))]
    public void Graph_for_cuda_agrees(string variant) =>
        Check(variant, new ExportOptions { Precision = ExportPrecision.Fp16, Target = ExportTarget.Cuda }, Half);

    private void Check(string variant, ExportOptions options, double tolerance)
    {
        var (from, to) = (Path.Combine(_root.FullName, "checkpoint"), Path.Combine(_root.FullName, "model"));
        var checkpoint = TinyCheckpoint.Create(from, TinyVariant.Of(variant));
        var expected = References.GetOrAdd(variant, _ => Array.ConvertAll(Sequences, checkpoint.Reference().Logits));
        StableLmExporter.Export(from, to, options, cancellationToken: Cancellation);

        using var runner = new GraphRunner(to, slots: 3);
        var ids = Sequences[0];
        AssertClose(0, 39, runner.Run(0, [ids], 0)[0], "prefill");
        for (var i = 0; i < ids.Length; i++)
        {
            AssertClose(0, i, runner.Run(0, [[ids[i]]], i)[0], "token by token");
        }

        AssertClose(0, 12, runner.Run(0, [ids[5..13]], 5)[0], "rewound, a chunk over stale entries");
        AssertClose(0, 39, runner.Run(0, [ids[13..]], 13)[0], "suffix");
        AssertClose(0, 0, runner.Run(0, [ids[..1]], 0)[0], "rewound to nothing");

        int[] lengths = [20, 7, 13];
        for (var slot = 0; slot < 3; slot++)
        {
            AssertClose(slot, lengths[slot] - 1, runner.Run(slot, [Sequences[slot][..lengths[slot]]], 0)[0], "prefill of a slot");
        }

        for (var step = 0; step < 5; step++)
        {
            var rows = runner.Run(0, [.. lengths.Select((length, slot) => new[] { Sequences[slot][length] })], lengths);
            for (var slot = 0; slot < 3; slot++)
            {
                AssertClose(slot, lengths[slot]++, rows[slot], "decoded in a batch");
            }
        }

        var pair = runner.Run(1, [[Sequences[1][lengths[1]]], [Sequences[2][lengths[2]]]], lengths[1], lengths[2]);
        AssertClose(1, lengths[1], pair[0], "a range of slots");
        AssertClose(2, lengths[2], pair[1], "a range of slots");

        void AssertClose(int sequence, int token, float[] actual, string how)
        {
            var error = expected[sequence][token].Zip(actual, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(error < tolerance, $"{how}: token {token} of sequence {sequence} is off by {error}");
        }
    }
}
