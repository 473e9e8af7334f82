using System.Globalization;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>Random turns with random faults in every detector and in the audit log. <c>ZEPHYR_TURNS</c> says how many; 3,000 when it is not set.</summary>
public sealed class ReliabilityTests(ITestOutputHelper output)
{
    private const int Lanes = 4;
    private const int Scripts = 400;
    private const int Seed = 20_26;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_fails_nothing_unjudged_is_released_and_nothing_is_left_behind()
    {
        int turns = int.TryParse(Environment.GetEnvironmentVariable("ZEPHYR_TURNS"), CultureInfo.InvariantCulture, out int given) ? given : 3_000;
        (TurnScript Script, TurnResult Expected)[] scripts = await ScriptsAsync();

        Lane[] lanes = [.. Enumerable.Range(0, Lanes).Select(lane => new Lane(Seed + lane))];
        await Task.WhenAll(lanes.Select(lane => Task.Run(async () =>
        {
            await lane.RunAsync(turns / Lanes, scripts, Cancellation);
            await lane.EndAsync(Cancellation);
        })));

        int whole = lanes.Sum(lane => lane.Tally.Whole);
        int unjudged = lanes.Sum(lane => lane.Tally.Unjudged);
        int broken = lanes.Sum(lane => lane.Tally.Broken);
        output.WriteLine($"{whole} as without faults, {unjudged} unjudged, {broken} ended by the audit log or the client");
        Assert.Equal(0, lanes.Sum(lane => lane.Tally.WentAhead));
        Assert.All([whole, unjudged, broken], count => Assert.True(count > turns / 50, "the faults are too many or too few to show anything"));
    }

    /// <summary>Turns with what a pipeline without faults makes of them.</summary>
    private static async Task<(TurnScript, TurnResult)[]> ScriptsAsync()
    {
        var random = new Random(Seed);
        var log = new FlakyAuditLog();
        using var pipeline = Lane.Pipeline(detector => detector, log, TimeProvider.System);
        var scripts = new List<(TurnScript, TurnResult)>();
        while (scripts.Count < Scripts)
        {
            var script = TurnScript.Draw(random);
            scripts.Add((script, await TurnResult.RunAsync(pipeline, log, script, streaming: true, $"{scripts.Count}", () => Assert.Fail("ahead"), Cancellation)));
        }

        return [.. scripts];
    }
}
