using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// What a tool call or a tool result says, laid out as one text to judge: a value a line, behind its name, so that detectors see the context that names
/// give and harm that is spread over several values. Names, strings and numbers are pieces that can be enforced; true, false and null are not.
/// </summary>
internal sealed class ToolText
{
    private readonly StringBuilder _layout = new();
    private readonly List<(int Start, int Length)> _pieces = [];
    private readonly string? _name;
    private readonly JsonNode? _value;

    private ToolText(string? name, JsonNode? value)
    {
        (_name, _value) = (name, value);
        if (name is not null)
        {
            Piece(name);
            _layout.Append('\n');
        }

        LayOut(value);
        Text = _layout.ToString();
    }

    public string Text { get; }

    public static ToolText OfCall(string name, JsonNode? arguments) => new(name, arguments);

    public static ToolText OfResult(JsonNode? result) => new(null, result);

    /// <summary>The same call or result with other text in its pieces. A number whose text changes becomes a string.</summary>
    /// <param name="enforce">Gives the text that goes where [start, start + length) of <see cref="Text"/> stands.</param>
    public (string? Name, JsonNode? Value) With(Func<int, int, string> enforce)
    {
        var next = new Queue<string>(_pieces.Select(piece => enforce(piece.Start, piece.Length)));
        string? name = _name is null ? null : next.Dequeue();
        return (name, Rebuild(_value, next));
    }

    private void LayOut(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject properties:
                foreach ((string key, JsonNode? value) in properties)
                {
                    Piece(key);
                    _layout.Append(value is JsonObject or JsonArray ? ":\n" : ": ");
                    Line(value);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Line(item);
                }

                break;
            default:
                Scalar(node);
                break;
        }
    }

    private void Line(JsonNode? node)
    {
        LayOut(node);
        if (node is not (JsonObject or JsonArray))
        {
            _layout.Append('\n');
        }
    }

    private void Scalar(JsonNode? node)
    {
        if (TextOf(node) is { } text)
        {
            Piece(text);
        }
        else
        {
            _layout.Append(node?.ToJsonString() ?? "null");
        }
    }

    private void Piece(string text)
    {
        _pieces.Add((_layout.Length, text.Length));
        _layout.Append(text);
    }

    private static JsonNode? Rebuild(JsonNode? node, Queue<string> next)
    {
        switch (node)
        {
            case JsonObject properties:
                var rebuilt = new JsonObject();
                foreach ((_, JsonNode? value) in properties)
                {
                    string key = next.Dequeue();
                    rebuilt[Unused(rebuilt, key)] = Rebuild(value, next);
                }

                return rebuilt;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Rebuild(item, next))]);
            default:
                return TextOf(node) is not { } text || next.Dequeue() is not { } enforced || (enforced == text && node!.GetValueKind() == JsonValueKind.Number)
                    ? node?.DeepClone()
                    : JsonValue.Create(enforced);
        }
    }

    /// <summary>Two names may be enforced to the same one.</summary>
    private static string Unused(JsonObject properties, string key)
    {
        string unused = key;
        for (int number = 2; properties.ContainsKey(unused); number++)
        {
            unused = $"{key}_{number}";
        }

        return unused;
    }

    private static string? TextOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => node.ToJsonString(),
        _ => null,
    };
}
