namespace GuardedZephyr.Policies;

/// <summary>
/// The pseudonyms of one turn: <c>&lt;CATEGORY_n&gt;</c> numbers the distinct values of a category in order of first appearance over the request. A function
/// of the transcript: the client sends its history with the real values, so every turn makes the same map again and none is kept. Not thread-safe.
/// </summary>
/// <remarks>
/// In the reply a placeholder becomes the value again, in the spelling seen first. Detectors judge the model's text, not the restored one. That is
/// safe because of what is restored: a value that stands in a message of the user or of the assistant in this very request, which was judged and
/// has passed, so its reader already has it; and only where no enforced rule does more to replies with such a value than pseudonymise it.
/// Values of system messages, instructions and tool results stay placeholders. Holds texts: it goes into no log, message or report.
/// </remarks>
public sealed class Pseudonyms(Policy policy)
{
    private readonly Dictionary<(string Category, string Form), Entry> _entries = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, string> _restorable = [];

    /// <summary>Length of the longest placeholder that can be restored, in characters; 0 when the policy has no pseudonyms.</summary>
    public int LongestPlaceholder => policy.Placeholders.Longest;

    /// <summary>Numbers the values of a text of the request: those that its own rules pseudonymise, and those that rules on replies would.</summary>
    /// <param name="seenByUser">The text is a message of the user or of the assistant.</param>
    public void Note(string text, Direction direction, IReadOnlyList<Finding> findings, bool seenByUser)
    {
        var spans = policy.Replacements(direction, findings).Concat(policy.Replacements(Direction.Output, findings)).Where(span => span.Action == RuleAction.Pseudonymise);
        foreach (var span in spans.OrderBy(span => span.Start))
        {
            var value = text.Substring(span.Start, span.Length);
            var entry = EntryOf(span.Category, value);
            if (seenByUser && entry.OwnSpelling is null)
            {
                entry.OwnSpelling = value;
                if (policy.MayRestore(span.Category))
                {
                    _restorable[entry.Placeholder] = value;
                }
            }
        }
    }

    /// <summary>The placeholders of <paramref name="text"/> that stand for a value of the user's own.</summary>
    public IReadOnlyList<(int Start, int Length)> FindIn(ReadOnlySpan<char> text)
    {
        List<(int, int)>? found = null;
        for (var start = 0; TryFind(text, start, out var index, out var length, out _); start = index + length)
        {
            (found ??= []).Add((index, length));
        }

        return found ?? [];
    }

    /// <summary>Breaks up what text of a request pretends to be a placeholder.</summary>
    internal string Break(string text) => policy.Placeholders.Break(text);

    /// <summary>Turns placeholders back into values.</summary>
    internal string Restore(string text)
    {
        var pieces = new List<string>();
        var position = 0;
        while (TryFind(text, position, out var index, out var length, out var value))
        {
            pieces.Add(text[position..index]);
            pieces.Add(value!);
            position = index + length;
        }

        return position == 0 ? text : string.Concat(pieces) + text[position..];
    }

    /// <summary>Whether the value is one that the user or the assistant wrote in the request: the reply may say it.</summary>
    internal bool IsOwn(string category, string value) => _entries.TryGetValue((category, ValueForm.Of(value)), out var entry) && entry.OwnSpelling is not null;

    /// <summary>A value that the request did not have gets the next number.</summary>
    internal string PlaceholderOf(string category, string value) => EntryOf(category, value).Placeholder;

    private Entry EntryOf(string category, string value)
    {
        var key = (category, ValueForm.Of(value));
        if (!_entries.TryGetValue(key, out var entry))
        {
            var number = _counts[category] = _counts.GetValueOrDefault(category) + 1;
            _entries[key] = entry = new Entry(Placeholders.Of(category, number));
        }

        return entry;
    }

    private bool TryFind(ReadOnlySpan<char> text, int start, out int index, out int length, out string? value)
    {
        (index, length, value) = (start, 0, null);
        if (_restorable.Count == 0)
        {
            return false;
        }

        var restorable = _restorable.GetAlternateLookup<ReadOnlySpan<char>>();
        for (; index < text.Length; index++)
        {
            var step = text[index..].IndexOf('<');
            if (step < 0)
            {
                return false;
            }

            index += step;
            var rest = text.Slice(index, Math.Min(LongestPlaceholder, text.Length - index));
            length = rest.IndexOf('>') + 1;
            if (length > 0 && restorable.TryGetValue(rest[..length], out value))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Entry(string placeholder)
    {
        public string Placeholder => placeholder;

        /// <summary>The first spelling in a message of the user or of the assistant.</summary>
        public string? OwnSpelling { get; set; }
    }
}
