using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Tests.Inference.Engine;

public sealed class CachePlanTests
{
    private const long Slot = 4L * 2 * 3 * 64 * 4 * 1024;
    private static readonly ModelFolder Nano = ModelFolder.Load(Path.Combine(Repository.Root, "models", "zephyr-nano"));

    [Theory]
    [InlineData(1L << 40, 4)]
    [InlineData(6 * Slot, 3)]
    [InlineData(5 * Slot, 2)]
    [InlineData(3 * Slot, 1)]
    public void As_many_slots_as_fit_in_half_of_the_memory_but_at_most_four(long memory, int slots) =>
        Assert.Equal(new CachePlan(slots, 1024), CachePlan.ForMemory(Nano, new EngineOptions(), memory));

    [Fact]
    public void Plan_that_does_not_fit_is_refused_with_the_bytes_it_needs_and_what_to_lower()
    {
        var error = Assert.Throws<EngineOptionsException>(() => CachePlan.ForMemory(Nano, new EngineOptions { Slots = 8 }, 8 * Slot));

        Assert.Equal("Slots", error.Setting);
        Assert.Contains($"8 slot(s) of 1024 tokens need {8 * Slot} bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("lower Slots or ContextLength", error.Message, StringComparison.Ordinal);
        Assert.Equal("ContextLength", Assert.Throws<EngineOptionsException>(() => CachePlan.ForMemory(Nano, new EngineOptions(), Slot)).Setting);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused_by_name()
    {
        Assert.Equal("ContextLength", Refused(new EngineOptions { ContextLength = 1025 }));
        Assert.Equal("Slots", Refused(new EngineOptions { Slots = 0 }));
        Assert.Equal("CacheShare", Refused(new EngineOptions { CacheShare = 0 }));
        Assert.Equal("QueueLimit", Refused(new EngineOptions { QueueLimit = 0 }));
        Assert.Equal("Threads", Refused(new EngineOptions { Threads = -1 }));
        Assert.Equal("PrefillChunk", Refused(new EngineOptions { PrefillChunk = 33 }));
    }

    private static string Refused(EngineOptions options) => Assert.Throws<EngineOptionsException>(() => DecodeEngine.Load(Nano, options)).Setting;
}
