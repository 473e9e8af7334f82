using System.Diagnostics;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Bench;

/// <summary>Seconds until the first token of a conversation's tenth and later turns.</summary>
/// <param name="PromptTokens">Of the tenth and of the last of them, history included.</param>
internal sealed record LaterTurn((int Tenth, int Last) PromptTokens, IReadOnlyList<double> Cold, IReadOnlyList<double> Reused)
{
    private const int First = 10;
    private const int Question = 60;
    private const int Reply = 30;

    /// <param name="turns">From the tenth on.</param>
    public static async Task<LaterTurn> MeasureAsync(string folder, int threads, int turns, ProgressLine progress)
    {
        // The second slot is for what has nothing in common with the conversation.
        using var engine = DecodeEngine.Load(ModelFolder.Load(folder), new EngineOptions { Slots = 2, ContextLength = (First + turns) * (Question + Reply), Threads = threads });
        var (cold, reused, lengths, random, prompt) = (new List<double>(), new List<double>(), new List<int>(), new Random(1), new List<int>());
        for (var turn = 1; turn < First + turns; turn++)
        {
            progress.Show($"turn {turn} of a conversation", turn, First + turns);
            prompt.AddRange(Ids(random, Question));
            if (turn >= First)
            {
                lengths.Add(prompt.Count);
                cold.Add(await FirstTokenAsync(engine, [(prompt[0] + turn) % 2000, .. prompt.Skip(1)]));
                reused.Add(await FirstTokenAsync(engine, prompt));
            }

            prompt.AddRange(await ReplyAsync(engine, prompt));
        }

        return new LaterTurn((lengths[0], lengths[^1]), cold, reused);
    }

    private static IEnumerable<int> Ids(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.Next(10, 2000));

    /// <summary>The tokens of the reply, as the next turn's prompt has them.</summary>
    private static async Task<IEnumerable<int>> ReplyAsync(DecodeEngine engine, IReadOnlyList<int> prompt)
    {
        var ids = new List<int>();
        await foreach (var update in engine.GenerateAsync(new GenerationRequest { Prompt = prompt, MaxTokens = Reply, TopLogprobs = 0 }))
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
