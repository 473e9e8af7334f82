namespace GuardedZephyr.Inference.Kernels;

/// <summary>How many rows a tile has; a constant when the tile's code is compiled.</summary>
internal interface IRowCount
{
    static abstract int Count { get; }
}

internal readonly struct One : IRowCount
{
    public static int Count => 1;
}

internal readonly struct Two : IRowCount
{
    public static int Count => 2;
}

internal readonly struct Four : IRowCount
{
    public static int Count => 4;
}
