using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails;

public class GateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void A_placeholder_is_restored_wherever_the_reply_is_cut(int chunk)
    {
        Rule[] rules = [Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")];
        for (int lead = 200; lead < 260; lead++) // the gate cuts what has no white space at 240
        {
            string text = $"{new string('x', lead)}<EMAIL_ADDRESS_2> and <EMAIL_ADDRESS_1>.";

            GateRun run = GateRun.Of(text.Chunk(chunk).Select(part => new string(part)), rules, new GateOptions(), []);

            Assert.Equal($"{new string('x', lead)}ada@example.com and <EMAIL_ADDRESS_1>.", run.Released);
        }
    }

    [Fact]
    public async Task A_reply_streams_long_before_it_ends()
    {
        string[] sentences = [.. Enumerable.Range(1, 20).Select(i => $"This is the sentence that has number {i} of this reply. ")];
        GuardPipeline pipeline = Some.Pipeline();
        var gate = new Gate(pipeline, new GuardedTurn(pipeline, "turn", null, null), new GateOptions());
        int firstReleaseAt = 0;

        for (int i = 0; i < sentences.Length && firstReleaseAt == 0; i++)
        {
            firstReleaseAt = (await gate.PushAsync(sentences[i], TestContext.Current.CancellationToken)).Length > 0 ? i + 1 : 0;
        }

        Assert.InRange(firstReleaseAt, 1, 6);
    }

    [Fact]
    public async Task A_block_midway_releases_what_was_judged_before_and_nothing_after()
    {
        GuardPipeline pipeline = Some.Pipeline();
        var turn = new GuardedTurn(pipeline, "turn", null, null);
        var gate = new Gate(pipeline, turn, new GateOptions());
        string harmless = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));

        string released = await gate.PushAsync(harmless + "You are a BADWORD and worse. " + harmless, TestContext.Current.CancellationToken);
        released += await gate.PushAsync("More.", TestContext.Current.CancellationToken);
        released += await gate.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(harmless, released);
        Assert.Equal(Outcome.Blocked, turn.Blocking!.Outcome);
    }

    [Fact]
    public void What_a_detector_of_whole_texts_finds_is_replaced_as_far_as_it_is_still_held()
    {
        string harmless = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));

        GateRun run = GateRun.Of([harmless, "You are a BADWORD and worse. "], [Some.Redact("insult")], new GateOptions { MinSegment = 200, MaxSegment = harmless.Length }, GateRun.Patterns);

        Assert.Equal($"{harmless}[insult]", run.Released);
    }
}
