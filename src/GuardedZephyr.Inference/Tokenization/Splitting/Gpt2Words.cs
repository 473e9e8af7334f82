namespace GuardedZephyr.Inference.Tokenization;

/// <summary><c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>, which matches everywhere.</summary>
internal sealed class Gpt2Words : SplitPattern
{
    public override (int Start, int Length) Next(ReadOnlySpan<char> text, int from) => from < text.Length ? (from, End(text, from) - from) : (from, 0);

    /// <returns>The end of the apostrophe's word, or the place itself where there is none.</returns>
    internal static int Contraction(ReadOnlySpan<char> text, int at, StringComparison comparison)
    {
        var rest = text[at..];
        if (rest.Length > 1 && rest[0] == '\'')
        {
            foreach (var word in Contractions)
            {
                if (rest[1..].StartsWith(word, comparison))
                {
                    return at + 1 + word.Length;
                }
            }
        }

        return at;
    }

    /// <summary><c>\s+(?!\S)|\s+</c>: all white space, but the last one before a word is left to it.</summary>
    internal static int WhiteSpace(ReadOnlySpan<char> text, int at)
    {
        var end = CharacterKinds.EndOfRun(text, at, CharacterKind.Space);
        return end < text.Length && end - at > 1 ? end - 1 : end;
    }

    private static readonly string[] Contractions = ["s", "t", "re", "ve", "m", "ll", "d"];

    private static int End(ReadOnlySpan<char> text, int at)
    {
        var end = Contraction(text, at, StringComparison.Ordinal);
        if (end > at)
        {
            return end;
        }

        var start = text[at] == ' ' && at + 1 < text.Length ? at + 1 : at;
        var kind = CharacterKinds.At(text, start, out var length);
        return kind == CharacterKind.Space ? WhiteSpace(text, at) : CharacterKinds.EndOfRun(text, start + length, kind);
    }
}
