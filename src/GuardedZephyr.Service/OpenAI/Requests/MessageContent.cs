using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>A string, or an array of parts; a string is one part of text.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record MessageContent(IReadOnlyList<MessageContent.Part> Parts)
{
    public const string TextType = "text";

    internal sealed record Part(string? Type, string? Text);

    internal sealed class Converter : JsonConverter<MessageContent>
    {
        public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => new MessageContent([new Part(TextType, reader.GetString())]),
            JsonTokenType.StartArray => new MessageContent(JsonSerializer.Deserialize(ref reader, OpenAIJson.Default.IReadOnlyListPart)!),
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
