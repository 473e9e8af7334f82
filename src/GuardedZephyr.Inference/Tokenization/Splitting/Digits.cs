namespace GuardedZephyr.Inference.Tokenization;

/// <summary>One number of Unicode's category N.</summary>
internal sealed class Digits : SplitPattern
{
    public override (int Start, int Length) Next(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length)
        {
            if (CharacterKinds.At(text, from, out var length) == CharacterKind.Number)
            {
                return (from, length);
            }

            from += length;
        }

        return (from, 0);
    }
}
