namespace GuardedZephyr.Inference.Engine;

/// <param name="Bytes">UTF-8, possibly a part of a character.</param>
/// <param name="Logprob">Natural logarithm of the probability that the model itself gives the token, before bias, penalties and temperature.</param>
public sealed record TokenLogprob(int Id, ReadOnlyMemory<byte> Bytes, float Logprob)
{
    /// <summary>The likeliest tokens at this place, likeliest first; as many as were asked for.</summary>
    public IReadOnlyList<TokenLogprob> Top { get; init; } = [];
}
