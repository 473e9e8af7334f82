namespace GuardedZephyr.Training.Harm;

/// <summary>The features of some texts, padded to the longest: <see cref="Rows"/> times <see cref="Length"/> places.</summary>
internal sealed record HarmInput
{
    public required int Rows { get; init; }

    public required int Length { get; init; }

    /// <summary>1 where there is something, 0 behind a row's end.</summary>
    public required float[] Mask { get; init; }

    /// <summary>The rows of the table that the texts touch, each once.</summary>
    public required long[] Taken { get; init; }

    /// <summary>Indices into <see cref="Taken"/>, place by place.</summary>
    public required long[] Indices { get; init; }

    /// <summary>The weight of each index: 1 for a word or piece, 1/n for each of its n n-grams.</summary>
    public required float[] Weights { get; init; }

    /// <summary>Where each place begins in <see cref="Indices"/>.</summary>
    public required long[] Offsets { get; init; }
}
