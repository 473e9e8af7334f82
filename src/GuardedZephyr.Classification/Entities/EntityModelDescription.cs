namespace GuardedZephyr.Classification;

/// <summary>What a token classifier's folder says.</summary>
internal sealed record EntityModelDescription
{
    /// <summary>The folder's name.</summary>
    public required string Name { get; init; }

    public required string ModelPath { get; init; }

    /// <summary>By output.</summary>
    public required IReadOnlyList<EntityTag> Tags { get; init; }

    /// <summary>Tokens of a sentence, its marks not counted.</summary>
    public required int MaxTokens { get; init; }

    public required EntityTokenizer Tokenizer { get; init; }
}
