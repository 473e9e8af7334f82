namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>A member of the StableLM family at a size that a test can afford.</summary>
internal sealed record TinyVariant
{
    public int HeadSize { get; init; } = 64;

    public int Heads { get; init; } = 2;

    public int KeyValueHeads { get; init; } = 2;

    public int Intermediate { get; init; } = 96;

    public double RotaryShare { get; init; } = 0.25;

    public bool Tied { get; init; }

    public bool Bias { get; init; }

    /// <summary>Parallel residual and norms of heads.</summary>
    public bool Parallel { get; init; }

    public TinyKeys Keys { get; init; }

    public static TinyVariant Of(string name) => name switch
    {
        "3b" => new() { HeadSize = 80 },
        "1.6b" => new() { Bias = true },
        "12b" => new() { HeadSize = 160, KeyValueHeads = 1, Parallel = true },
        "tied" => new() { HeadSize = 80, Tied = true },
        "epoch" => new() { HeadSize = 80, Keys = TinyKeys.Epoch },
        "epoch with biases" => new() { Keys = TinyKeys.Epoch, Bias = true },
        "rope parameters" => new() { RotaryShare = 0.5, Keys = TinyKeys.RopeParameters },
        "3b with biases" => new() { HeadSize = 80, Bias = true },
        "one key head" => new() { HeadSize = 80, KeyValueHeads = 1 },
        "head of 40" => new() { HeadSize = 40, Bias = true },
        "head of 32" => new() { HeadSize = 32, Heads = 6, KeyValueHeads = 3, Parallel = true },
        "all rotated" => new() { RotaryShare = 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
