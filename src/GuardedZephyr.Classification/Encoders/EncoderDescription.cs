using System.Text.Json;

namespace GuardedZephyr.Classification;

/// <summary>What the folder of an encoder with a classification head says.</summary>
internal sealed record EncoderDescription
{
    /// <summary>The folder's name.</summary>
    public required string Name { get; init; }

    public required string ModelPath { get; init; }

    /// <summary>Stands in errors about what is in <see cref="Config"/>.</summary>
    public required string ConfigPath { get; init; }

    public required JsonElement Config { get; init; }

    /// <summary>By output, as config.json has them.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Tokens of a text, the marks in front of it and behind it not counted.</summary>
    public required int MaxTokens { get; init; }

    public required EncoderTokenizer Tokenizer { get; init; }
}
