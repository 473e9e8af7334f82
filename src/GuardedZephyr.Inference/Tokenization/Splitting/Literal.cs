namespace GuardedZephyr.Inference.Tokenization;

internal sealed class Literal(string value) : SplitPattern
{
    public override (int Start, int Length) Next(ReadOnlySpan<char> text, int from)
    {
        var at = text[from..].IndexOf(value, StringComparison.Ordinal);
        return at < 0 ? (text.Length, 0) : (from + at, value.Length);
    }
}
