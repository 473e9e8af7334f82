using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Judges every text in the options of a request, in the direction <c>input</c>: whatever reaches the model or its server can carry an instruction or
/// a name. What is no text and no JSON does not pass.
/// </summary>
internal sealed class GuardedOptions(GuardedTurn turn, RequestTexts texts)
{
    private static readonly string[] _toolNames = ["function"];

    /// <returns>A copy, without what is meant for the guard alone; its other fields are those that the caller gave.</returns>
    public async ValueTask<ChatOptions?> InstructionsAsync(ChatOptions? options, CancellationToken cancellationToken)
    {
        options = options?.Clone();
        foreach (string key in (string[])[GuardrailsChatClient.TurnKey, .. Continuation.Keys])
        {
            options?.AdditionalProperties?.Remove(key);
        }

        if (options?.Instructions is { Length: > 0 } instructions)
        {
            options.Instructions = await TextAsync(instructions, cancellationToken);
        }

        return options;
    }

    /// <summary>Puts enforced values in the place of the others.</summary>
    /// <param name="options">The copy.</param>
    public async ValueTask OthersAsync(ChatOptions? options, CancellationToken cancellationToken)
    {
        if (options is null || turn.Blocking is not null)
        {
            return;
        }

        if (options.RawRepresentationFactory is not null || options.Tools?.Any(tool => tool is not AIFunctionDeclaration) == true)
        {
            // A request that the host makes for one client, past these options, and tools that run where the guard does not see their results.
            texts.Unreadable(Direction.Input, null);
            return;
        }

        await EachAsync(options.StopSequences, stop => TextAsync(stop, cancellationToken));
        await EachAsync(options.Tools, tool => ToolAsync((AIFunctionDeclaration)tool, cancellationToken));
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name } && await JsonAsync(new { function = name }, _toolNames, cancellationToken) is null)
        {
            return;
        }

        if (options.ResponseFormat is ChatResponseFormatJson format)
        {
            options.ResponseFormat = await FormatAsync(format, cancellationToken);
        }

        foreach ((string key, object? value) in options.AdditionalProperties?.ToArray() ?? [])
        {
            options.AdditionalProperties![key] = await PropertyAsync(value, cancellationToken);
        }
    }

    private async ValueTask EachAsync<T>(IList<T>? items, Func<T, ValueTask<T?>> judge)
        where T : class
    {
        for (int i = 0; i < items?.Count && turn.Blocking is null; i++)
        {
            items[i] = await judge(items[i]) ?? items[i];
        }
    }

    private async ValueTask<AITool?> ToolAsync(AIFunctionDeclaration tool, CancellationToken cancellationToken)
    {
        var parts = new { function = tool.Name, about = tool.Description, parameters = tool.JsonSchema, returns = tool.ReturnJsonSchema };
        return await JsonAsync(parts, _toolNames, cancellationToken) is { } enforced
            ? new GuardedFunction(tool, enforced.Node!["about"]!.GetValue<string>(), Element(enforced.Node["parameters"])!.Value, Element(enforced.Node["returns"]))
            : null;
    }

    private async ValueTask<ChatResponseFormat?> FormatAsync(ChatResponseFormatJson format, CancellationToken cancellationToken)
    {
        var parts = new { format = format.SchemaName, about = format.SchemaDescription, schema = format.Schema };
        return await JsonAsync(parts, ["format"], cancellationToken) is { Node: { } enforced }
            ? new ChatResponseFormatJson(Element(enforced["schema"]), format.SchemaName, enforced["about"]?.GetValue<string>())
            : null;
    }

    /// <summary>What a host adds for its client: numbers and switches pass, all else is judged as the JSON that it would be sent as.</summary>
    private async ValueTask<object?> PropertyAsync(object? value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case string text:
                return await TextAsync(text, cancellationToken);
            case null or IConvertible or IReadOnlyDictionary<int, float>:
                return value;
            default:
                JsonJudge.Enforced? enforced = await JsonAsync(value, [], cancellationToken);
                return enforced is null || JsonNode.DeepEquals(JsonLines.Of(value)?.Root, enforced.Node) ? value : enforced.Node;
        }
    }

    private async ValueTask<string?> TextAsync(string text, CancellationToken cancellationToken) =>
        turn.Blocking is null ? await texts.TextAsync(Direction.Input, null, text, seenByUser: false, cancellationToken) : null;

    private async ValueTask<JsonJudge.Enforced?> JsonAsync(object value, string[] names, CancellationToken cancellationToken) =>
        turn.Blocking is null ? await texts.JsonAsync(Direction.Input, null, value, names, cancellationToken) : null;

    private static JsonElement? Element(JsonNode? node) => node is null ? null : JsonSerializer.SerializeToElement(node, AIJsonUtilities.DefaultOptions);

    /// <summary>A function as the model may read of it: its code stays outside the guard.</summary>
    private sealed class GuardedFunction(AIFunctionDeclaration function, string description, JsonElement schema, JsonElement? returns) : AIFunctionDeclaration
    {
        public override string Name => function.Name;

        public override string Description => description;

        public override JsonElement JsonSchema => schema;

        public override JsonElement? ReturnJsonSchema => returns;

        /// <summary>Switches alone, such as OpenAI's <c>strict</c>.</summary>
        public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = function.AdditionalProperties.Where(property => property.Value is bool).ToDictionary();
    }
}
