namespace GuardedZephyr.Policies;

/// <summary>Says which names there are: all of a few, the closest of many.</summary>
internal static class Spelling
{
    private const int Few = 12;
    private const int Closest = 3;

    public static string Known(string wrong, IReadOnlyCollection<string> names) => names.Count <= Few
        ? $"known are {string.Join(", ", names)}"
        : $"closest of {names.Count} are {string.Join(", ", names.OrderByDescending(name => name.Contains(wrong, StringComparison.OrdinalIgnoreCase)).ThenBy(name => Distance(wrong, name)).ThenBy(name => name, StringComparer.Ordinal).Take(Closest))}";

    /// <summary>V. I. Levenshtein's: how many characters must be put in, taken out or changed.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = from[i - 1] == to[j - 1] ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }

        return row[to.Length];
    }
}
