using GuardedZephyr.DirectML.Decoding;

namespace GuardedZephyr.Tests.DirectML;

/// <summary>The traps are in the fake: what a careless caller would get. The decoder's own tests show that it falls into none.</summary>
public sealed class FakeGeneratorTests
{
    [Fact]
    public void End_mark_that_is_generated_is_not_in_the_sequence()
    {
        var generator = Create("DirectML");
        generator.Append([5, 6]);
        Force(generator, FakeLibrary.End);

        Assert.NotEqual(FakeLibrary.LogitsAfter([5, 6, FakeLibrary.End]), Logits(generator));
    }

    [Fact]
    public void Append_after_a_generated_id_leaves_a_hole_that_a_rewind_mends()
    {
        var generator = Create("CPU");
        generator.Append([5, 6]);
        Force(generator, 7);
        generator.Append([8]);
        Assert.NotEqual(FakeLibrary.LogitsAfter([5, 6, 7, 8]), Logits(generator));

        generator.RewindTo(2);
        generator.Append([7, 8]);
        Assert.Equal(FakeLibrary.LogitsAfter([5, 6, 7, 8]), Logits(generator));
    }

    [Fact]
    public void Generating_after_a_rewind_brings_the_old_id_back()
    {
        var generator = Create("CPU");
        generator.Append([5, 6, 7]);
        generator.RewindTo(2);
        generator.GenerateNext();

        var next = Array.IndexOf(FakeLibrary.LogitsAfter([5, 6, 7]), FakeLibrary.LogitsAfter([5, 6, 7]).Max());
        Assert.Equal(FakeLibrary.LogitsAfter([5, 6, 7, next]), Logits(generator));
    }

    [Fact]
    public void Trailing_padding_hides_the_logits()
    {
        var generator = Create("CPU");
        generator.Append([5, 6, FakeLibrary.Padding]);

        Assert.Equal(FakeLibrary.LogitsAfter([5, 6]), Logits(generator));
    }

    private static IGenerator Create(string device) => new FakeGenerator(new FakeLibrary(device), device, 40, 64, FakeLibrary.Padding);

    private static void Force(IGenerator generator, int id)
    {
        var choice = new float[40];
        choice[id] = 1;
        generator.SetLogits(choice);
        generator.GenerateNext();
    }

    private static float[] Logits(IGenerator generator)
    {
        var logits = new float[40];
        generator.ReadLogits(logits);
        return logits;
    }
}
