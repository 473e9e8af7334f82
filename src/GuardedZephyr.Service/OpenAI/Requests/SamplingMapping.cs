using System.Globalization;
using System.Text.Json;
using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>The parameters that <see cref="ChatOptions"/> has no property for.</summary>
internal static class SamplingMapping
{
    private const float MaxBias = 100;

    public static AdditionalPropertiesDictionary ToProperties(ChatCompletionRequest request)
    {
        var properties = new AdditionalPropertiesDictionary();
        Add(ChatOptionKeys.MinP, request.MinP);
        Add(ChatOptionKeys.RepetitionPenalty, request.RepetitionPenalty);
        Add(ChatOptionKeys.LogitBias, ToBias(request.LogitBias));
        if (AsksForLogprobs(request))
        {
            properties[ChatOptionKeys.Logprobs] = true;
            properties[ChatOptionKeys.TopLogprobs] = request.TopLogprobs ?? 0;
        }

        return properties;

        void Add(string key, object? value)
        {
            if (value is not null)
            {
                properties[key] = value;
            }
        }
    }

    private static bool AsksForLogprobs(ChatCompletionRequest request)
    {
        if (request.TopLogprobs is < 0 or > GenerationRequest.MaxTopLogprobs)
        {
            throw RequestMapping.Invalid("top_logprobs", $"must be from 0 to {GenerationRequest.MaxTopLogprobs}");
        }

        if (request.Logprobs != true)
        {
            return request.TopLogprobs > 0 ? throw RequestMapping.Invalid("top_logprobs", "needs 'logprobs' to be true") : false;
        }

        // They may go out only when the guard has let the whole reply pass as it is, which a stream does not wait for.
        return request.Stream == true ? throw RequestMapping.Unsupported("logprobs") : true;
    }

    private static Dictionary<int, float>? ToBias(JsonElement given)
    {
        if (given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            throw Invalid();
        }

        var biases = new Dictionary<int, float>();
        foreach (var entry in given.EnumerateObject())
        {
            biases[int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Invalid()] =
                entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetSingle(out var bias) && bias is >= -MaxBias and <= MaxBias ? bias : throw Invalid();
        }

        return biases.Count == 0 ? null : biases;
    }

    private static ApiException Invalid() => RequestMapping.Invalid("logit_bias", $"must be an object of token ids with numbers from -{MaxBias} to {MaxBias}");
}
