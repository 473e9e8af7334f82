using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Telemetry;

/// <summary>A request with a canary in every field that can hold a text, and another in those that name a model or a conversation.</summary>
internal static class CanaryRequest
{
    public const string Canary = "canary7f3a9c";
    public const string IdCanary = "idcanary51b0";

    /// <param name="text">The user's last message.</param>
    public static ChatMessage[] Messages(string text) =>
    [
        new(ChatRole.System, $"System {Canary}."),
        new(new ChatRole("developer"), $"Developer {Canary}."),
        new(ChatRole.User, [new TextContent($"Write to {Canary}@example.com, "), new TextContent($"it is {Canary}.")]) { AuthorName = $"Ann {Canary}" },
        new(ChatRole.Assistant, [new TextReasoningContent($"Thought {Canary}.") { ProtectedData = Canary }, Call("call_1"), new TextContent($"Said {Canary}.")]),
        new(ChatRole.Tool, [new FunctionResultContent("call_1", new Dictionary<string, object> { [$"key_{Canary}"] = $"Result {Canary}." })]),
        new(ChatRole.User, text) { AdditionalProperties = new() { ["note"] = Canary }, RawRepresentation = Canary, MessageId = Canary },
    ];

    public static ChatOptions Options() => new()
    {
        ModelId = IdCanary,
        ConversationId = IdCanary,
        Instructions = $"Instructions {Canary}.",
        StopSequences = [$"stop {Canary}"],
        Tools = [AIFunctionFactory.CreateDeclaration($"fn_{Canary}", $"Description {Canary}.", Schema, Schema)],
        ToolMode = ChatToolMode.RequireSpecific($"fn_{Canary}"),
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, $"schema_{Canary}", $"Schema {Canary}."),
        Temperature = 0.5f,
        Seed = 3,
        AdditionalProperties = new() { ["user"] = $"user {Canary}", ["metadata"] = new Dictionary<string, string> { [$"key_{Canary}"] = $"Metadata {Canary}." } },
    };

    public static FunctionCallContent Call(string id) => new(id, $"fn_{Canary}", new Dictionary<string, object?> { [$"key_{Canary}"] = $"Argument {Canary}." });

    private static JsonElement Schema => JsonSerializer.SerializeToElement(new
    {
        type = "object",
        title = $"Title {Canary}.",
        properties = new Dictionary<string, object> { [$"key_{Canary}"] = new { description = $"Property {Canary}." } },
    });
}
