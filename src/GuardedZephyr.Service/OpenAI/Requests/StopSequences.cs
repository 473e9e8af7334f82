using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>A string or an array of strings.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record StopSequences(IReadOnlyList<string?> Texts)
{
    internal sealed class Converter : JsonConverter<StopSequences>
    {
        public override StopSequences Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => new StopSequences([reader.GetString()]),
            JsonTokenType.StartArray => new StopSequences(JsonSerializer.Deserialize(ref reader, OpenAIJson.Default.IReadOnlyListString)!),
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, StopSequences value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
