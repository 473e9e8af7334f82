namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>One subject: questions, replies, and the items that both are about.</summary>
internal sealed class Lesson
{
    private const int HeldOutPart = 12;
    private static readonly KeyValuePair<string, List<string>> NoItem = new("", []);

    private readonly LessonEntry _entry;
    private readonly IReadOnlyDictionary<string, List<string>> _slots;
    private readonly List<KeyValuePair<string, List<string>>> _items;

    public Lesson(LessonEntry entry, IReadOnlyDictionary<string, List<string>> slots)
    {
        _entry = entry;
        _slots = slots;
        var items = entry.Generate is { } generator ? GeneratedItems.Create(generator) : entry.Items;
        _items = items.Count > 0 ? [.. items] : [NoItem];
    }

    public string Name => _entry.Name;

    public double Weight => _entry.Weight;

    /// <summary>A question that training may see, in one of its phrasings.</summary>
    public Exchange Draw(Random random)
    {
        while (true)
        {
            var (ask, item) = (random.Next(_entry.Ask.Count), random.Next(_items.Count));
            if (!IsHeldOut(ask, item))
            {
                return Fill(_entry.Ask[ask], _entry.Say[random.Next(_entry.Say.Count)], _items[item], random);
            }
        }
    }

    /// <summary>Questions that training never sees with every reply that counts as right: new phrasings, and known phrasings about known items not asked that way.</summary>
    public IEnumerable<(Exchange Exchange, IReadOnlyList<string> Right)> HeldOut(Random random)
    {
        foreach (var item in _items)
        {
            foreach (var ask in _entry.HeldOut)
            {
                yield return Fill(ask, item, random);
            }
        }

        for (var ask = 0; ask < _entry.Ask.Count; ask++)
        {
            for (var item = 0; item < _items.Count; item++)
            {
                if (IsHeldOut(ask, item))
                {
                    yield return Fill(_entry.Ask[ask], _items[item], random);
                }
            }
        }
    }

    private bool IsHeldOut(int ask, int item) => _items.Count > 1 && _entry.Ask.Count > 1 && ((ask * 7) + (item * 5)) % HeldOutPart == 5;

    private (Exchange Exchange, IReadOnlyList<string> Right) Fill(string ask, KeyValuePair<string, List<string>> item, Random random)
    {
        var chosen = new Dictionary<string, string>();
        var right = _entry.Say.ConvertAll(say => Fill(say, item, random, chosen));
        return (new Exchange(Name, Fill(ask, item, random, chosen), right[0]), right);
    }

    private Exchange Fill(string ask, string say, KeyValuePair<string, List<string>> item, Random random)
    {
        var chosen = new Dictionary<string, string>();
        return new Exchange(Name, Fill(ask, item, random, chosen), Fill(say, item, random, chosen));
    }

    private string Fill(string template, KeyValuePair<string, List<string>> item, Random random, Dictionary<string, string> chosen) =>
        Template.Fill(template, item, slot =>
        {
            if (!chosen.TryGetValue(slot, out var word))
            {
                chosen[slot] = word = Word(slot.EndsWith("-b", StringComparison.Ordinal) || slot.EndsWith("-c", StringComparison.Ordinal) ? slot[..^2] : slot, random);
            }

            return word;
        });

    private string Word(string slot, Random random)
    {
        if (slot == "pseudoword")
        {
            return Pseudoword(random);
        }

        var words = _slots[slot];
        return words[random.Next(words.Count)];
    }

    private static string Pseudoword(Random random)
    {
        const string Starts = "bcdfghjklmnprstvwz";
        const string Vowels = "aeiouy";
        return string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Starts[random.Next(Starts.Length)]}{Vowels[random.Next(Vowels.Length)]}"))
            + Starts[random.Next(Starts.Length)];
    }
}
