namespace GuardedZephyr.Inference.Tokenization;

/// <summary>What a pre-tokenizer looks for. Each one is written out, in linear time: a file's own regular expression is never run.</summary>
internal abstract class SplitPattern
{
    private static readonly SplitPattern Gpt2 = new Gpt2Words();
    private static readonly SplitPattern TiktokenOneDigit = new TiktokenWords(1);
    private static readonly SplitPattern TiktokenThreeDigits = new TiktokenWords(3);

    /// <summary>The regular expressions of published tokenizers, in the spellings they are found in.</summary>
    private static readonly Dictionary<string, SplitPattern> Published = new()
    {
        [@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"] = Gpt2,
        [@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"] = Gpt2,
        [@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"] = TiktokenOneDigit,
        [@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"] = TiktokenThreeDigits,
        [@"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"] = TiktokenThreeDigits,
        [@"\p{N}"] = new Digits(),
    };

    /// <summary>GPT-2's split into words, numbers, marks and white space, which ByteLevel does by itself.</summary>
    public static SplitPattern ByteLevel => Gpt2;

    /// <returns>Null for a regular expression that is not known here.</returns>
    public static SplitPattern? OfRegex(string regex) => Published.GetValueOrDefault(regex);

    /// <summary>The first match at or after a place; its length is 0 when there is none.</summary>
    public abstract (int Start, int Length) Next(ReadOnlySpan<char> text, int from);
}
