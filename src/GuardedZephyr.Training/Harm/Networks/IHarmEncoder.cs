namespace GuardedZephyr.Training.Harm;

/// <summary>Turns texts into what a network reads. Thread-safe.</summary>
internal interface IHarmEncoder
{
    /// <param name="longest">Places a row may have; what is behind them is left out.</param>
    /// <param name="noise">Null: the texts as they are; else some features are left out, so that the others learn to do without.</param>
    HarmInput Encode(IReadOnlyList<string> texts, int longest, Random? noise = null);
}
