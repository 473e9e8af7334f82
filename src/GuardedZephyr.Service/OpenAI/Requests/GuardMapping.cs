using System.Text.Json;
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>What of a request is said to the guard.</summary>
internal static class GuardMapping
{
    public static void Add(AdditionalPropertiesDictionary properties, ChatCompletionRequest request, HttpRequest http)
    {
        if (ToModeration(request.Moderation) is { } moderation)
        {
            properties[GuardrailsChatClient.ModerationKey] = moderation;
        }

        if (ToLocales(http) is { Length: > 0 } locales)
        {
            properties[GuardrailsChatClient.LocaleKey] = locales;
        }
    }

    private static string? ToModeration(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String when given.GetString() is { Length: > 0 } name => name,
        _ => throw RequestMapping.Invalid("moderation", "must be the name of a policy"),
    };

    /// <summary>The languages of <c>Accept-Language</c>, the most wanted first; those that are not wanted and <c>*</c> stay out.</summary>
    private static string ToLocales(HttpRequest http) => string.Join(',', http.GetTypedHeaders().AcceptLanguage
        .Where(language => language.Quality is not 0 && language.Value != "*")
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString()));
}
