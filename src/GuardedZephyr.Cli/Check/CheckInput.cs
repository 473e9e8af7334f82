using System.Text.Json;

namespace GuardedZephyr.Cli;

/// <summary>An input line: a text, or a chat.</summary>
internal sealed record CheckInput
{
    /// <summary>Whatever it is, it is given back.</summary>
    public JsonElement? Id { get; init; }

    public string? Text { get; init; }

    public string? Direction { get; init; }

    public IReadOnlyList<Message>? Messages { get; init; }

    internal sealed record Message(string? Role, string? Content);
}
