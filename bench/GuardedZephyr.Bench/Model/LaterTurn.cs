using System.Diagnostics;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Bench;

/// <summary>Seconds until the first token of a conversation's tenth turn.</summary>
/// <param name="PromptTokens">Of that turn, history included.</param>
internal sealed record LaterTurn(int PromptTokens, IReadOnlyList<double> Cold, IReadOnlyList<double> Reused)
{
    private const int Turns = 10;
    private const int Question = 60;
    private const int Reply = 40;

    public static async Task<LaterTurn> MeasureAsync(string folder, int threads, int rounds, ProgressLine progress)
    {
        using var engine = DecodeEngine.Load(ModelFolder.Load(folder), new EngineOptions { Slots = 1, ContextLength = (Turns + 1) * (Question + Reply), Threads = threads });
        var (cold, reused, length) = (new List<double>(), new List<double>(), 0);
        for (var round = 0; round < rounds; round++)
        {
            progress.Show("tenth turn", round, rounds);
            var random = new Random(round);
            var prompt = new List<int>();
            for (var turn = 1; turn < Turns; turn++)
            {
                prompt.AddRange(Ids(random, Question));
                prompt.AddRange(await ReplyAsync(engine, prompt, Reply));
            }

            prompt.AddRange(Ids(random, Question));
            length = prompt.Count;
            reused.Add(await FirstTokenAsync(engine, prompt));
            prompt[0]++;
            cold.Add(await FirstTokenAsync(engine, prompt));
        }

        return new LaterTurn(length, cold, reused);
    }

    private static IEnumerable<int> Ids(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.Next(10, 2000));

    /// <summary>The tokens of the reply, as the next turn's prompt has them.</summary>
    private static async Task<IEnumerable<int>> ReplyAsync(DecodeEngine engine, IReadOnlyList<int> prompt, int tokens)
    {
        var ids = new List<int>();
        await foreach (var update in engine.GenerateAsync(new GenerationRequest { Prompt = prompt, MaxTokens = tokens, TopLogprobs = 0 }))
        {
            ids.AddRange(update.Logprobs.Select(token => token.Id));
        }

        return ids;
    }

    private static async Task<double> FirstTokenAsync(DecodeEngine engine, IReadOnlyList<int> prompt)
    {
        var clock = Stopwatch.GetTimestamp();
        await foreach (var _ in engine.GenerateAsync(new GenerationRequest { Prompt = prompt, MaxTokens = 1 }))
        {
        }

        return Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }
}
