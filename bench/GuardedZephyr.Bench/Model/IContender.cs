namespace GuardedZephyr.Bench;

/// <summary>A model in a runtime. Times are in seconds.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>Reads so many prompt tokens into an empty cache.</summary>
    double Prefill(int tokens);

    /// <summary>Writes tokens behind a context, each after the one before.</summary>
    /// <returns>For one token.</returns>
    double Decode(int context, int tokens);

    /// <summary>Writes tokens behind a context for some clients at a time.</summary>
    /// <returns>For one token of each.</returns>
    double DecodeMany(int clients, int context, int tokens);
}
