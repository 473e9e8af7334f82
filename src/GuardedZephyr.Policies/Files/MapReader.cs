using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>
/// Takes the values of a mapping by key and reports what is wrong with them: missing or duplicate keys, wrong types, and on
/// <see cref="Done"/> the keys that nobody asked for. Every method that reports gives null or an empty list, so reading goes on.
/// </summary>
internal sealed class MapReader
{
    private readonly SourceFile _file;
    private readonly YamlMap _map;
    private readonly HashSet<string> _known = [];

    public MapReader(SourceFile file, YamlMap map, string? owner = null)
    {
        _file = file;
        _map = map;
        Owner = owner;
        var seen = new HashSet<string>();
        foreach (var (key, _) in map.Entries)
        {
            if (!seen.Add(key.Value))
            {
                Error(key.Line, $"'{key.Value}' stands here twice");
            }
        }
    }

    /// <summary>Whose mapping this is, in front of every message: <c>rule 'pii.contact'</c>.</summary>
    public string? Owner { get; set; }

    public int Line => _map.Line;

    /// <summary>Of the key, or of the mapping where the key is missing.</summary>
    public int LineOf(string key) => _map.Entries.FirstOrDefault(entry => entry.Key.Value == key).Key?.Line ?? Line;

    public bool IsMap(string key) => Value(key) is YamlMap;

    public bool Has(string key) => _map.Entries.Any(entry => entry.Key.Value == key);

    public string? RequiredText(string key)
    {
        if (!Has(key))
        {
            _known.Add(key);
            Error(Line, $"'{key}' is missing");
            return null;
        }

        return Text(key)?.Value;
    }

    public YamlText? Text(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlText { Value.Length: > 0 } text:
                return text;
            case YamlText empty:
                Error(empty.Line, $"'{key}' is empty");
                return null;
            case var other:
                Error(other.Line, $"'{key}' must be a single value, not {other.Kind}");
                return null;
        }
    }

    public int? Integer(string key, int min, int max = int.MaxValue)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Error(text.Line, $"'{key}' must be a whole number {(max == int.MaxValue ? $"of at least {min}" : $"from {min} to {max}")}, not '{text.Value}'");
        return null;
    }

    public double? Score(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1)
        {
            return value;
        }

        Error(text.Line, $"'{key}' must be a number from 0 to 1, not '{text.Value}'");
        return null;
    }

    public bool? Boolean(string key) => Choice(key, new Dictionary<string, bool> { ["true"] = true, ["false"] = false });

    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
        where T : struct => Text(key) is { } text ? Chosen(key, text, choices) : null;

    public IReadOnlyList<T> Choices<T>(string key, IReadOnlyDictionary<string, T> choices)
        where T : struct => [.. Texts(key).Select(text => Chosen(key, text, choices)).OfType<T>()];

    /// <summary>A time as <c>250ms</c> or <c>2s</c>.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var isMilliseconds = text.Value.EndsWith("ms", StringComparison.Ordinal);
        var digits = isMilliseconds ? text.Value.AsSpan(0, text.Value.Length - 2) : text.Value.AsSpan().TrimEnd('s');
        var hasUnit = digits.Length == text.Value.Length - (isMilliseconds ? 2 : 1);
        if (hasUnit && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            return isMilliseconds ? TimeSpan.FromMilliseconds(value) : TimeSpan.FromSeconds(value);
        }

        Error(text.Line, $"'{key}' must be a time as 250ms or 2s, not '{text.Value}'");
        return null;
    }

    /// <summary>A list of single values, or one value that stands for a list of one.</summary>
    public IReadOnlyList<YamlText> Texts(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case YamlText { Value.Length: > 0 } text:
                return [text];
            case YamlList { Items.Count: > 0 } list:
                foreach (var item in list.Items.Where(item => item is not YamlText { Value.Length: > 0 }))
                {
                    Error(item.Line, $"'{key}' must hold single values");
                }

                return [.. list.Items.OfType<YamlText>().Where(text => text.Value.Length > 0)];
            case YamlMap map:
                Error(map.Line, $"'{key}' must be a list, not {map.Kind}");
                return [];
            case var empty:
                Error(empty.Line, $"'{key}' is empty");
                return [];
        }
    }

    /// <summary>As <see cref="Texts"/>, but a list may also say that there are none.</summary>
    public IReadOnlyList<YamlText> TextsOrNone(string key) => Node(key) is YamlList { Items.Count: 0 } ? [] : Texts(key);

    public MapReader? Map(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlMap map:
                return new MapReader(_file, map, Owner);
            case YamlText { Value.Length: 0 } empty:
                return new MapReader(_file, new YamlMap(empty.Line, []), Owner);
            case var other:
                Error(other.Line, $"'{key}' must be a mapping, not {other.Kind}");
                return null;
        }
    }

    public IReadOnlyList<MapReader> Maps(string key)
    {
        switch (Node(key))
        {
            case null:
                Error(Line, $"'{key}' is missing");
                return [];
            case YamlList { Items.Count: > 0 } list:
                foreach (var item in list.Items.Where(item => item is not YamlMap))
                {
                    Error(item.Line, $"'{key}' must hold mappings, not {item.Kind}");
                }

                return [.. list.Items.OfType<YamlMap>().Select(map => new MapReader(_file, map, Owner))];
            case YamlList or YamlText { Value.Length: 0 }:
                Error(LineOf(key), $"'{key}' is empty");
                return [];
            case var other:
                Error(other.Line, $"'{key}' must be a list, not {other.Kind}");
                return [];
        }
    }

    /// <summary>All keys with their texts, where the file chooses the keys.</summary>
    public IReadOnlyDictionary<string, string> AllTexts()
    {
        var texts = new Dictionary<string, string>();
        foreach (var (key, _) in _map.Entries)
        {
            if (Text(key.Value) is { } text)
            {
                texts[key.Value] = text.Value;
            }
        }

        return texts;
    }

    /// <summary>The lists of all keys, where the file chooses the keys.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<YamlText>> AllLists() =>
        _map.Entries.Select(entry => entry.Key.Value).Distinct().ToDictionary(key => key, Texts);

    public void Error(int line, string message) => _file.Error(line, Owner is null ? message : $"{Owner}: {message}");

    /// <summary>To be called when every key that has a meaning was asked for.</summary>
    public void Done()
    {
        foreach (var (key, _) in _map.Entries.Where(entry => !_known.Contains(entry.Key.Value)))
        {
            Error(key.Line, $"unknown key '{key.Value}'; known are {(_known.Count == 0 ? "none" : string.Join(", ", _known))}");
        }
    }

    private YamlNode? Node(string key)
    {
        _known.Add(key);
        return Value(key);
    }

    private YamlNode? Value(string key) => _map.Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;

    private T? Chosen<T>(string key, YamlText text, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (choices.TryGetValue(text.Value, out var value))
        {
            return value;
        }

        Error(text.Line, $"unknown {key} '{text.Value}'; known are {string.Join(", ", choices.Keys)}");
        return null;
    }
}
