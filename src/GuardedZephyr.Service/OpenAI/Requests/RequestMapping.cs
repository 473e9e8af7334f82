using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>Turns a request into messages and options, and refuses what is not supported by the name of its parameter.</summary>
internal static class RequestMapping
{
    private const int MaxStopSequences = 4;

    public static IReadOnlyList<ChatMessage> ToMessages(ChatCompletionRequest request)
    {
        if (request.Messages is not { Count: > 0 } messages)
        {
            throw Invalid("messages", "needs at least one message");
        }

        return [.. messages.Select((message, index) => ToMessage(message, $"messages[{index}]"))];
    }

    public static ChatOptions ToOptions(ChatCompletionRequest request)
    {
        RefuseUnsupported(request);
        RequireRange(request.Temperature, 0, 2, "temperature");
        RequireRange(request.TopP, 0, 1, "top_p");
        RequireRange(request.MinP, 0, 1, "min_p");
        RequireRange(request.RepetitionPenalty, 0.1f, 10, "repetition_penalty");
        RequireRange(request.PresencePenalty, -2, 2, "presence_penalty");
        RequireRange(request.FrequencyPenalty, -2, 2, "frequency_penalty");
        RequireAtLeastOne(request.TopK, "top_k");
        RequireAtLeastOne(request.MaxTokens, "max_tokens");
        RequireAtLeastOne(request.MaxCompletionTokens, "max_completion_tokens");

        return new ChatOptions
        {
            MaxOutputTokens = request.MaxCompletionTokens ?? request.MaxTokens,
            StopSequences = ToStopSequences(request.Stop),
            Seed = request.Seed,
            Temperature = request.Temperature,
            TopP = request.TopP,
            TopK = request.TopK,
            PresencePenalty = request.PresencePenalty,
            FrequencyPenalty = request.FrequencyPenalty,
            AdditionalProperties = SamplingMapping.ToProperties(request),
        };
    }

    private static ChatMessage ToMessage(RequestMessage? message, string name)
    {
        if (message is null)
        {
            throw Invalid(name, "must be an object");
        }

        if (IsGiven(message.ToolCalls))
        {
            throw Unsupported($"{name}.tool_calls");
        }

        var role = message.Role switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "tool" or "function" => throw Unsupported($"{name}.role"),
            _ => throw Invalid($"{name}.role", "must be one of system, developer, user, assistant"),
        };

        return message switch
        {
            { Content: { } content } => new ChatMessage(role, ToText(content, $"{name}.content")),
            { Refusal: { } refusal } when role == ChatRole.Assistant => new ChatMessage(role, refusal),
            _ => throw Invalid($"{name}.content", "is missing"),
        };
    }

    private static string ToText(MessageContent content, string name)
    {
        foreach (var (index, part) in content.Parts.Index())
        {
            if (part is null || part.Type != MessageContent.TextType)
            {
                throw Unsupported($"{name}[{index}].type");
            }

            if (part.Text is null)
            {
                throw Invalid($"{name}[{index}].text", "is missing");
            }
        }

        return string.Concat(content.Parts.Select(part => part.Text));
    }

    private static List<string>? ToStopSequences(StopSequences? stop)
    {
        if (stop is null)
        {
            return null;
        }

        if (stop.Texts.Count > MaxStopSequences || stop.Texts.Any(string.IsNullOrEmpty))
        {
            throw Invalid("stop", $"must be a string or up to {MaxStopSequences} strings, none of them empty");
        }

        return [.. stop.Texts.Select(text => text!)];
    }

    private static void RefuseUnsupported(ChatCompletionRequest request)
    {
        if (request.N is not (null or 1))
        {
            throw Unsupported("n");
        }

        if (request.ResponseFormat.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && !IsText(request.ResponseFormat))
        {
            throw Unsupported("response_format");
        }

        if (request.Modalities.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && !IsTextOnly(request.Modalities))
        {
            throw Unsupported("modalities");
        }

        ReadOnlySpan<(JsonElement Value, string Name)> parameters =
        [
            (request.Tools, "tools"), (request.Functions, "functions"),
        ];
        foreach (var (value, name) in parameters)
        {
            if (IsGiven(value))
            {
                throw Unsupported(name);
            }
        }
    }

    private static bool IsText(JsonElement format) =>
        format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text");

    private static bool IsTextOnly(JsonElement modalities) =>
        modalities.ValueKind == JsonValueKind.Array && modalities.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.ValueEquals("text"));

    /// <summary>An empty list or object asks for nothing.</summary>
    private static bool IsGiven(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    private static void RequireRange(float? value, float low, float high, string name)
    {
        if (value is { } given && !(given >= low && given <= high))
        {
            throw Invalid(name, FormattableString.Invariant($"must be from {low} to {high}"));
        }
    }

    private static void RequireAtLeastOne(int? value, string name)
    {
        if (value < 1)
        {
            throw Invalid(name, "must be at least 1");
        }
    }

    internal static ApiException Invalid(string param, string problem) =>
        new(StatusCodes.Status400BadRequest, "invalid_value", $"'{param}' {problem}.", param);

    internal static ApiException Unsupported(string param) =>
        new(StatusCodes.Status400BadRequest, "unsupported_parameter", $"This value of '{param}' is not supported.", param);
}
