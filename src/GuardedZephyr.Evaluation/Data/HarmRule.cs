using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GuardedZephyr.Evaluation;

/// <summary>What a row with certain labels of its source means in ours.</summary>
internal sealed class HarmRule
{
    private readonly Dictionary<string, Regex> _patterns = [];

    /// <summary>
    /// The source's label (<c>a.b</c> inside an object, <c>text</c> for the text) and what it has to be: a value, several values with <c>|</c> between,
    /// <c>&gt;=0.8</c>, <c>&lt;0.3</c>, or <c>~pattern</c>. Empty: every row.
    /// </summary>
    public Dictionary<string, string> When { get; init; } = [];

    /// <summary>Ours, <c>all</c> or <c>any</c> to 1, 0 or -1 (silent).</summary>
    public Dictionary<string, sbyte> Labels { get; init; } = [];

    /// <summary>Judge this field of the source's labels instead of the text.</summary>
    public string? Field { get; init; }

    public bool Matches(JsonElement row)
    {
        foreach (var (path, wanted) in When)
        {
            if (!Matches(Value(row, path), wanted))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value as text; null when the row has none.</summary>
    public static string? Value(JsonElement row, string path) => Element(row, path)?.ToString();

    /// <summary>The values of a list, or the one value as text; empty when the row has none.</summary>
    public static IReadOnlyList<string> Values(JsonElement row, string path) => Element(row, path) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => item.ToString())],
        { } value => [value.ToString()],
    };

    private static JsonElement? Element(JsonElement row, string path)
    {
        if (path is "text" or "label" or "area" or "kind" && row.TryGetProperty(path, out var top))
        {
            return top;
        }

        if (!row.TryGetProperty("labels", out var value))
        {
            return null;
        }

        foreach (var part in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
            {
                return null;
            }
        }

        return value;
    }

    private bool Matches(string? value, string wanted)
    {
        if (value is null)
        {
            return false;
        }

        if (wanted.StartsWith(">=", StringComparison.Ordinal))
        {
            return Number(value) >= Number(wanted[2..]);
        }

        if (wanted.StartsWith('<'))
        {
            return Number(value) < Number(wanted[1..]);
        }

        if (!wanted.StartsWith('~'))
        {
            return wanted.Split('|').Contains(value);
        }

        if (!_patterns.TryGetValue(wanted, out var pattern))
        {
            _patterns[wanted] = pattern = new Regex(wanted[1..], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }

        return pattern.IsMatch(value);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
