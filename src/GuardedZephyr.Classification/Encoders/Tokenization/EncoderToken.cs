namespace GuardedZephyr.Classification;

/// <summary>A token of a text, with the word that it belongs to in UTF-16 code units of that text.</summary>
/// <param name="StartsWord">The first token of a word speaks for it.</param>
/// <param name="Length">0 for white space.</param>
internal readonly record struct EncoderToken(int Id, int Start, int Length, bool StartsWord);
