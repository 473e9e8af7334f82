using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>Compares turns with what they would be without faults, and counts them.</summary>
internal sealed class Tally
{
    private int _ahead;

    public int Whole { get; private set; }

    public int Unjudged { get; private set; }

    public int Broken { get; private set; }

    /// <summary>Turns in which something went on before it was recorded.</summary>
    public int WentAhead => Volatile.Read(ref _ahead);

    public void Ahead() => Interlocked.Increment(ref _ahead);

    public void Compare(TurnResult expected, TurnResult turn)
    {
        Assert.StartsWith(turn.Released, expected.Released, StringComparison.Ordinal);
        Assert.True(turn.ModelSaw is null || turn.ModelSaw == expected.ModelSaw, "the model saw something else than without faults");

        if (turn.Report is null)
        {
            Broken++;
        }
        else if (turn.Report is { Outcome: Outcome.Unjudged })
        {
            Assert.True(turn.Refused && turn.Report.FailedDetectors.Count > 0, "unjudged without a failed detector, or not refused");
            Unjudged++;
        }
        else
        {
            Assert.True(turn.Refused || turn.Report.FailedDetectors.Count == 0, "a text passed although a detector had failed");
            Assert.Equal((expected.Released, expected.Refused), (turn.Released, turn.Refused));
            Whole++;
        }
    }
}
