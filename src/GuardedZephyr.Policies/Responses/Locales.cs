namespace GuardedZephyr.Policies;

/// <summary>Chooses among languages as RFC 4647, section 3.4 ("lookup") has it: <c>de-AT</c> takes <c>de</c> where there is no <c>de-AT</c>.</summary>
internal static class Locales
{
    /// <summary>Longer lists come from no browser, and each entry costs a few look-ups.</summary>
    private const int MostPreferences = 32;

    /// <param name="preferred">Language tags, separated by commas, the most wanted first.</param>
    /// <returns>One of those available; null when none fits.</returns>
    public static string? Choose(string? preferred, IEnumerable<string> available)
    {
        if (string.IsNullOrWhiteSpace(preferred))
        {
            return null;
        }

        string[] known = [.. available];
        foreach (var tag in preferred.Split(',', MostPreferences + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostPreferences))
        {
            for (var range = tag; range.Length > 0; range = Shortened(range))
            {
                if (known.FirstOrDefault(locale => locale.Equals(range, StringComparison.OrdinalIgnoreCase)) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>Without its last subtag, nor a single letter that would stand last then.</summary>
    private static string Shortened(string range)
    {
        var shorter = range[..Math.Max(range.LastIndexOf('-'), 0)];
        return shorter.Length > 1 && shorter[^2] == '-' ? shorter[..^2] : shorter;
    }
}
