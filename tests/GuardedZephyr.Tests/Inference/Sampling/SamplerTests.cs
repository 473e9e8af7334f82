using CsCheck;
using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Tests.Inference.Sampling;

public sealed class SamplerTests
{
    [Fact]
    public void Temperature_zero_takes_the_likeliest() =>
        Assert.Equal(2, Sampler(SamplingSettings.Greedy).Next([1, 2, 5, 4]));

    [Fact]
    public void Same_seed_draws_the_same_tokens() =>
        Assert.Equal(Draws(new SamplingSettings { Temperature = 1, Seed = 11 }), Draws(new SamplingSettings { Temperature = 1, Seed = 11 }));

    [Fact]
    public void Other_seed_draws_other_tokens() =>
        Assert.NotEqual(Draws(new SamplingSettings { Temperature = 1, Seed = 11 }), Draws(new SamplingSettings { Temperature = 1, Seed = 12 }));

    [Fact]
    public void Draws_follow_the_probabilities()
    {
        var draws = Draws(new SamplingSettings { Temperature = 2, Seed = 3 }, [2 * MathF.Log(0.7f), 2 * MathF.Log(0.3f)], 4000);

        Assert.InRange(draws.Count(token => token == 0) / 4000.0, 0.67, 0.73);
    }

    [Fact]
    public void Top_k_leaves_only_the_likeliest_k() => Gen.Float[-5, 5].Array[2, 20].Sample(logits =>
    {
        var allowed = logits.Select((logit, token) => (logit, token)).OrderByDescending(e => e.logit).Take(3).Select(e => e.logit).Min();
        Assert.All(Draws(new SamplingSettings { Temperature = 3, TopK = 3, Seed = 1 }, logits, 30), token => Assert.True(logits[token] >= allowed - 1e-4f));
    }, iter: 100);

    [Fact]
    public void Top_p_leaves_the_smallest_set_that_reaches_it()
    {
        float[] logits = [MathF.Log(0.5f), MathF.Log(0.3f), MathF.Log(0.2f)];

        Assert.Equal([0, 1], Draws(new SamplingSettings { Temperature = 1, TopP = 0.79f, Seed = 5 }, logits, 200).Distinct().Order());
        Assert.Equal([0], Draws(new SamplingSettings { Temperature = 1, TopP = 0.4f, Seed = 5 }, logits, 200).Distinct());
    }

    [Fact]
    public void Presence_penalty_counts_once_and_frequency_penalty_each_time()
    {
        var presence = Sampler(new SamplingSettings { PresencePenalty = 1.5f });
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(_ => presence.Next([3, 2, 0])));

        var frequency = Sampler(new SamplingSettings { FrequencyPenalty = 1 });
        Assert.Equal([0, 0, 1, 0], Enumerable.Range(0, 4).Select(_ => frequency.Next([3, 1.5f, 0])));
    }

    [Fact]
    public void Repetition_penalty_reaches_the_prompt_and_both_signs()
    {
        Assert.Equal(1, new Sampler(new SamplingSettings { RepetitionPenalty = 2 }, [0]).Next([3, 2]));
        Assert.Equal(1, new Sampler(new SamplingSettings { RepetitionPenalty = 2 }, [0]).Next([-1, -1.5f]));
    }

    [Fact]
    public void Min_p_leaves_what_is_likely_beside_the_best()
    {
        float[] logits = [MathF.Log(0.5f), MathF.Log(0.3f), MathF.Log(0.15f), MathF.Log(0.05f)];

        Assert.Equal([0, 1], Draws(new SamplingSettings { Temperature = 1, MinP = 0.31f, Seed = 5 }, logits, 200).Distinct().Order());
        Assert.Equal([0], Draws(new SamplingSettings { Temperature = 1, MinP = 1, Seed = 5 }, logits, 200).Distinct());
    }

    [Fact]
    public void Bias_forces_and_bans_tokens()
    {
        Assert.Equal(1, Sampler(new SamplingSettings { LogitBias = new Dictionary<int, float> { [1] = 100 } }).Next([9, 1, 3]));
        Assert.Equal(2, Sampler(new SamplingSettings { LogitBias = new Dictionary<int, float> { [0] = -100 } }).Next([9, 1, 3]));
    }

    [Fact]
    public void Limits_leave_the_tokens_that_a_full_sort_leaves() =>
        Gen.Select(Gen.Select(Gen.Int[-80, 80], Gen.Float[0, 1], (whole, part) => (whole / 10f) + (part < 0.5 ? 0 : part)).Array[1, 400], Gen.Int[0, 50], Gen.Float[0.05f, 1], Gen.Float[0, 0.3f], Gen.Float[0.2f, 2])
            .Sample((logits, topK, topP, minP, temperature) =>
            {
                var settings = new SamplingSettings { Temperature = temperature, TopK = topK, TopP = topP, MinP = minP };
                var (kept, edge) = SortedLimits(logits, settings);
                var drawn = Enumerable.Range(0, 64).Select(i => new Shortlist(settings).Draw(logits, i / 64f)).Distinct().ToList();
                Assert.All(drawn, token => Assert.Contains(token, kept.Concat(edge)));
            }, iter: 500);

    [Fact]
    public void Every_token_that_is_left_can_be_drawn_and_in_proportion()
    {
        float[] logits = [.. Enumerable.Range(0, 50_304).Select(i => i < 3 ? MathF.Log(1 + i) : -20)];
        var shortlist = new Shortlist(new SamplingSettings { Temperature = 1, TopK = 3, TopP = 0.99f });

        var draws = Enumerable.Range(0, 60).Select(i => shortlist.Draw(logits, (i + 0.5f) / 60)).CountBy(token => token).OrderBy(count => count.Key).Select(count => (count.Key, count.Value));

        Assert.Equal([(0, 10), (1, 20), (2, 30)], draws);
    }

    /// <summary>Likeliest first; those for which rounding decides apart.</summary>
    private static (List<int> Kept, List<int> Edge) SortedLimits(float[] logits, SamplingSettings settings)
    {
        var best = logits.Max();
        var ranked = logits.Select((logit, token) => (Token: token, Weight: Math.Exp((logit - best) / (double)settings.Temperature))).OrderByDescending(item => item.Weight).ThenBy(item => item.Token).ToList();
        ranked = settings.TopK > 0 ? [.. ranked.Take(settings.TopK)] : ranked;
        var (total, sum, kept, edge) = (ranked.Sum(item => item.Weight), 0.0, new List<int>(), new List<int>());
        foreach (var (token, weight) in ranked)
        {
            var share = (sum / total) - settings.TopP;
            var over = weight - settings.MinP;
            (Math.Abs(share) < 1e-4 || Math.Abs(over) < 1e-4 ? edge : share < 0 && over > 0 ? kept : []).Add(token);
            sum += weight;
        }

        return (kept.Count > 0 ? kept : edge, edge);
    }

    private static Sampler Sampler(SamplingSettings settings) => new(settings, []);

    private static int[] Draws(SamplingSettings settings) => Draws(settings, [1, 2, 3, 2, 1], 40);

    private static int[] Draws(SamplingSettings settings, float[] logits, int count)
    {
        var sampler = Sampler(settings);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next([.. logits]))];
    }
}
