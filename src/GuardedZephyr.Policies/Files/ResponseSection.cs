using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>The <c>responses</c> and the <c>locale</c> of a policy file: one file of texts, or one for each locale.</summary>
internal sealed partial record ResponseSection(string Locale, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ByLocale)
{
    private const string DefaultLocale = "en";

    /// <summary>Those in the policy's own locale.</summary>
    public IReadOnlyDictionary<string, string> Texts => ByLocale.GetValueOrDefault(Locale) ?? new Dictionary<string, string>();

    /// <returns>Null when the texts could not be read.</returns>
    public static ResponseSection? Read(MapReader reader, PolicySources sources)
    {
        var locale = reader.Text("locale");
        var name = locale?.Value ?? DefaultLocale;
        if (!reader.IsMap("responses"))
        {
            return reader.RequiredText("responses") is { } path && ReadTexts(reader, reader.LineOf("responses"), path, sources) is { } texts
                ? new ResponseSection(name, new Dictionary<string, IReadOnlyDictionary<string, string>> { [name] = texts })
                : null;
        }

        var files = reader.Map("responses")!;
        var byLocale = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        var areRead = true;
        foreach (var (tag, path) in files.AllTexts())
        {
            if (!LanguageTag().IsMatch(tag))
            {
                reader.Error(files.LineOf(tag), $"responses: '{tag}' is no language tag such as de or pt-BR");
            }

            var texts = ReadTexts(reader, files.LineOf(tag), path, sources);
            areRead &= texts is not null;
            byLocale[tag] = texts ?? new Dictionary<string, string>();
        }

        if (!byLocale.ContainsKey(name))
        {
            reader.Error(locale?.Line ?? reader.LineOf("responses"), $"there are no responses for the locale '{name}'; there are for {string.Join(", ", byLocale.Keys)}");
            areRead = false;
        }

        return areRead ? new ResponseSection(name, byLocale) : null;
    }

    private static Dictionary<string, string>? ReadTexts(MapReader reader, int line, string path, PolicySources sources)
    {
        if (sources.Include(reader, line, path, "responses") is not { } file || file.Parse() is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            file.Error(root.Line, $"responses must be a mapping, not {root.Kind}");
            return null;
        }

        var texts = new MapReader(file, map);
        foreach (var key in new[] { Policy.RefusalResponse, Policy.UnjudgedResponse }.Where(key => !texts.Has(key)))
        {
            texts.Error(texts.Line, $"'{key}' is missing");
        }

        return texts.AllTexts().ToDictionary(text => text.Key, text => text.Value.Trim());
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
