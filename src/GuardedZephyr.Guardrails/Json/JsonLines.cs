using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// JSON written out as a text that detectors read well, one value a line behind its key, and put together again from what the policy made of each
/// piece. What stands there are the texts as a reader of the JSON gets them, not their escapes.
/// </summary>
internal sealed class JsonLines
{
    private readonly StringBuilder _text = new();
    private readonly List<Piece> _pieces = [];

    private JsonLines(JsonNode? root)
    {
        Root = root;
        Write(root);
        Text = _text.ToString();
    }

    public JsonNode? Root { get; }

    public string Text { get; }

    /// <summary>Values of several words: each may say something of its own.</summary>
    public IEnumerable<Piece> Sentences => _pieces.Where(piece => piece.IsValue && Text.AsSpan(piece.Start, piece.Length).ContainsAny(" \t\n"));

    /// <returns>Null when the value cannot be written as JSON, or as one in which every key is there once.</returns>
    public static JsonLines? Of(object? value)
    {
        try
        {
            return new JsonLines(value as JsonNode ?? JsonSerializer.SerializeToNode(value, Microsoft.Extensions.AI.AIJsonUtilities.DefaultOptions));
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            // Half a surrogate pair in an escape, a cycle, a type that has no JSON: nobody could say what the model would read.
            return null;
        }
    }

    /// <summary>The same JSON with each key, text and number as <paramref name="enforce"/> gives it; a number that it changes becomes a text.</summary>
    public JsonNode? Rebuild(Func<Piece, string> enforce)
    {
        int next = 0;
        return Rebuild(Root, () => enforce(_pieces[next++]));
    }

    private void Write(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string key, JsonNode? value) in members)
                {
                    Write(key, isValue: false);
                    _text.Append(value is JsonObject or JsonArray ? ":\n" : ": ");
                    Write(value);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Write(item);
                }

                break;
            default:
                if (IsPiece(node))
                {
                    Write(TextOf(node!), isValue: true);
                }

                _text.Append('\n');
                break;
        }
    }

    private void Write(string text, bool isValue)
    {
        _pieces.Add(new Piece(_text.Length, text.Length, isValue));
        _text.Append(text);
    }

    /// <param name="next">What became of the next piece, in the order in which they were written.</param>
    private static JsonNode? Rebuild(JsonNode? node, Func<string> next)
    {
        switch (node)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach ((string _, JsonNode? value) in members)
                {
                    string key = Free(next(), copy);
                    copy[key] = Rebuild(value, next);
                }

                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Rebuild(item, next))]);
            default:
                if (!IsPiece(node))
                {
                    return node?.DeepClone();
                }

                string enforced = next();
                return node!.GetValueKind() == JsonValueKind.Number && enforced == TextOf(node) ? node.DeepClone() : JsonValue.Create(enforced);
        }
    }

    /// <summary>Two keys that are hidden alike stay two.</summary>
    private static string Free(string key, JsonObject members)
    {
        string free = key;
        for (int number = 2; members.ContainsKey(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{key} {number}");
        }

        return free;
    }

    private static bool IsPiece(JsonNode? node) => node?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number;

    private static string TextOf(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    /// <summary>A key or a value in <see cref="Text"/>.</summary>
    internal readonly record struct Piece(int Start, int Length, bool IsValue)
    {
        public int End => Start + Length;
    }
}
