using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>Function calls and their results as what can be judged, and back.</summary>
internal static class FunctionCalls
{
    private const string Function = "function";
    private const string Arguments = "arguments";
    private const int LongestId = 256;

    private static readonly SearchValues<char> _idCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:|+/=");

    /// <summary>The member of <see cref="ToJson"/> that cannot be replaced.</summary>
    public static string[] Names { get; } = [Function];

    /// <summary>A call whose arguments the client could read, with an id that is one: ids are not judged, so they must have no room for a text.</summary>
    public static bool IsReadable(FunctionCallContent call) => call.Exception is null && IsId(call.CallId);

    public static bool IsId(string id) => id.Length <= LongestId && !id.AsSpan().ContainsAnyExcept(_idCharacters);

    public static object ToJson(FunctionCallContent call) => new Dictionary<string, object?> { [Function] = call.Name, [Arguments] = call.Arguments };

    /// <param name="enforced">What became of <see cref="ToJson"/>.</param>
    public static FunctionCallContent FromJson(FunctionCallContent call, JsonNode? enforced) => new(
        call.CallId,
        call.Name,
        enforced?[Arguments]?.AsObject().ToDictionary(argument => argument.Key, argument => (object?)JsonSerializer.SerializeToElement(argument.Value, AIJsonUtilities.DefaultOptions)))
    {
        InformationalOnly = call.InformationalOnly,
    };

    /// <summary>A result that is one text; null when it is none.</summary>
    public static string? TextOf(object? result) => result switch
    {
        string text => text,
        TextContent content => content.Text,
        IEnumerable<AIContent> contents when contents.All(content => content is TextContent) => string.Concat(contents),
        _ => null,
    };
}
