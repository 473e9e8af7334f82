namespace GuardedZephyr.Inference.Engine;

/// <summary>Finds stop strings in text that comes in pieces. Text that may be the start of one is held back.</summary>
internal sealed class StopMatcher(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>Whether a stop string came up; nothing from it on is ever returned.</summary>
    public bool Matched { get; private set; }

    /// <summary>The text that can be released now.</summary>
    public string Add(string text)
    {
        if (Matched)
        {
            return "";
        }

        var all = _held + text;
        var first = stops.Select(stop => all.IndexOf(stop, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
        if (first >= 0)
        {
            (Matched, _held) = (true, "");
            return all[..first];
        }

        var keep = stops.Count == 0 ? 0 : stops.Max(stop => Overlap(all, stop));
        _held = all[^keep..];
        return all[..^keep];
    }

    /// <summary>What was held back, when no more text comes.</summary>
    public string Finish()
    {
        var rest = _held;
        _held = "";
        return rest;
    }

    /// <summary>Length of the longest proper start of the stop string with which the text ends.</summary>
    private static int Overlap(string text, string stop)
    {
        for (var length = Math.Min(stop.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
