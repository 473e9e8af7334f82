using System.Text.Json;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>An object of tokenizer.json, read strictly: a key that nothing here understands would change how text is encoded.</summary>
/// <param name="name">What messages call it.</param>
internal sealed class TokenizerSection(string path, string name, JsonElement value)
{
    public string Name { get; } = name;

    /// <exception cref="ModelFolderException">A key is not among these.</exception>
    public TokenizerSection Allow(params ReadOnlySpan<string> keys)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw Error($"{Name} has the key '{property.Name}', which is not supported");
            }
        }

        return this;
    }

    public string Type => value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : throw Error($"{Name} has no type");

    public bool Flag(string key, bool otherwise) => Get(key) is not { } flag ? otherwise : flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"{Name}.{key} must be true or false"),
    };

    public string? Text(string key) => Get(key) is not { } text ? null : text.ValueKind == JsonValueKind.String ? text.GetString() : throw Error($"{Name}.{key} must be a string");

    public int Id(string key) => Get(key) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var id) ? id : throw Error($"{Name}.{key} must be a whole number");

    /// <returns>0 where the key is missing or null.</returns>
    public double Number(string key) => Get(key)?.GetDouble() ?? 0;

    /// <returns>Null where the key is missing or null.</returns>
    public TokenizerSection? Section(string key) => Get(key) is not { } section ? null
        : section.ValueKind == JsonValueKind.Object ? new TokenizerSection(path, Name.Length == 0 ? key : $"{Name}.{key}", section) : throw Error($"{Name}.{key} must be an object");

    public IEnumerable<TokenizerSection> Sections(string key) => Items(key).Select((item, index) =>
        item.ValueKind == JsonValueKind.Object ? new TokenizerSection(path, $"{key}[{index}]", item) : throw Error($"{key}[{index}] must be an object"));

    public IEnumerable<JsonElement> Items(string key) => Get(key) is not { } list ? []
        : list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw Error($"{key} must be a list");

    public IEnumerable<JsonProperty> Properties() => value.EnumerateObject();

    public ModelFolderException Error(string problem) => new(path, $"{problem}; take the file from the model's repository again, or use a model of the GPT-NeoX or Arcade100k kind");

    private JsonElement? Get(string key) => value.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;
}
