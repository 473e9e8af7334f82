using System.Diagnostics;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Bench;

/// <summary>The decoder under the engine, called as the engine calls it.</summary>
internal sealed class OurModel : IContender
{
    public const int Chunk = 128;
    private readonly OnnxDecoder _decoder;
    private readonly int[] _ids;
    private readonly int[] _filled;

    public OurModel(string folder, int block, int slots, int contextLength, int threads)
    {
        Name = $"ours, blocks of {block}";
        _decoder = new OnnxDecoder(ModelFolder.Load(folder), new EngineOptions { Threads = threads }, new CachePlan(slots, contextLength));
        var random = new Random(1);
        _ids = [.. Enumerable.Range(0, contextLength).Select(_ => random.Next(1000, 50000))];
        _filled = new int[slots];
    }

    public string Name { get; }

    public double Prefill(int tokens)
    {
        _filled[0] = 0;
        var clock = Stopwatch.GetTimestamp();
        Fill(0, tokens);
        return Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }

    public double Decode(int context, int tokens) => DecodeMany(1, context, tokens);

    public double DecodeMany(int clients, int context, int tokens)
    {
        Fill(0, context);
        for (var slot = 1; slot < clients; slot++)
        {
            if (_filled[slot] < context)
            {
                _decoder.CopyPrefix(0, slot, context);
                _filled[slot] = context;
            }
        }

        var clock = Stopwatch.GetTimestamp();
        for (var i = 0; i < tokens; i++)
        {
            _decoder.Step([.. Enumerable.Range(0, clients).Select(slot => new SlotStep(slot, _ids[i], context + i))], CancellationToken.None);
        }

        // What was written lies over the rest of a longer prompt.
        for (var slot = 0; slot < clients; slot++)
        {
            _filled[slot] = context;
        }

        return Stopwatch.GetElapsedTime(clock).TotalSeconds / tokens;
    }

    public void Dispose() => _decoder.Dispose();

    private void Fill(int slot, int tokens)
    {
        for (; _filled[slot] < tokens; _filled[slot] = Math.Min(_filled[slot] + Chunk, tokens))
        {
            _decoder.Prefill(slot, _ids.AsSpan(_filled[slot], Math.Min(Chunk, tokens - _filled[slot])), _filled[slot], CancellationToken.None);
        }
    }
}
