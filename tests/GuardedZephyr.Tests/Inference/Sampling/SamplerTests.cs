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

    private static Sampler Sampler(SamplingSettings settings) => new(settings, []);

    private static int[] Draws(SamplingSettings settings) => Draws(settings, [1, 2, 3, 2, 1], 40);

    private static int[] Draws(SamplingSettings settings, float[] logits, int count)
    {
        var sampler = Sampler(settings);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next([.. logits]))];
    }
}
