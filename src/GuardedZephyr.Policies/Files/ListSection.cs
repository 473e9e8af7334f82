namespace GuardedZephyr.Policies;

/// <summary>The <c>detectors.lists</c> of a policy file.</summary>
/// <param name="Allow">Null when the file has no allow list.</param>
/// <param name="AllowedEntities">The entities that allow lists name.</param>
internal sealed record ListSection(DenyListDetector? Deny, AllowList? Allow, IReadOnlyList<YamlText> AllowedEntities)
{
    public static readonly ListSection Empty = new(null, null, []);

    private const int DefaultMaxWords = 3;

    /// <summary>Each word of a text is hashed so many times.</summary>
    private const int MostWords = 8;

    public static ListSection Read(MapReader? reader, PolicySources sources)
    {
        if (reader is null)
        {
            return Empty;
        }

        reader.Owner = "detectors.lists";
        var hasKey = reader.Has("key");
        var hasher = ListKey.Read(reader.Map("key"), sources);
        var deny = reader.Has("deny") ? reader.Maps("deny").Select(entry => ReadEntry(entry, "deny", hasKey)).ToArray() : [];
        var allow = reader.Has("allow") ? reader.Maps("allow").Select(entry => ReadEntry(entry, "allow", hasKey)).ToArray() : [];
        reader.Done();
        if (!reader.Has("deny") && !reader.Has("allow"))
        {
            reader.Error(reader.Line, "'deny' or 'allow' is missing");
        }

        return new ListSection(
            deny.Length == 0 ? null : Denied(deny, hasher),
            allow.Length == 0 ? null : Allowed(allow, hasher),
            [.. allow.Select(entry => entry.Entity).OfType<YamlText>()]);
    }

    private static DenyListDetector Denied(IReadOnlyList<Entry> entries, ListHasher? hasher)
    {
        var values = entries.SelectMany(entry => entry.Values.Select(value => (value, entry.Entity?.Value ?? ""))).ToArray();
        var digests = new Dictionary<ListDigest, string>();
        foreach (var entry in entries)
        {
            foreach (var digest in entry.Digests)
            {
                digests.TryAdd(digest, entry.Entity?.Value ?? "");
            }
        }

        return new DenyListDetector(
            values.Length == 0 ? null : new PlainValues(values),
            digests.Count == 0 || hasher is null ? null : new HashedValues(hasher, digests, entries.Max(entry => entry.MaxWords)));
    }

    private static AllowList Allowed(IReadOnlyList<Entry> entries, ListHasher? hasher) => new(
        entries.SelectMany(entry => entry.Values.Select(value => (value, entry.Entity?.Value))),
        entries.SelectMany(entry => entry.Digests.Select(digest => (digest, entry.Entity?.Value))),
        hasher);

    private static Entry ReadEntry(MapReader reader, string list, bool hasKey)
    {
        reader.Owner = $"detectors.lists.{list}";
        if (list == "deny" && !reader.Has("entity"))
        {
            reader.Error(reader.Line, "'entity' is missing");
        }

        var entity = reader.Text("entity");
        var values = reader.Texts("values").Select(value => ReadValue(reader, value)).OfType<string>().ToArray();
        var digests = reader.Texts("hashes").Select(hash => ReadDigest(reader, hash)).OfType<ListDigest>().ToArray();
        var maxWords = list == "deny" ? ReadMaxWords(reader) : DefaultMaxWords;
        reader.Done();
        if (!reader.Has("values") && !reader.Has("hashes"))
        {
            reader.Error(reader.Line, "'values' or 'hashes' is missing");
        }

        if (reader.Has("hashes") && !hasKey)
        {
            reader.Error(reader.LineOf("hashes"), "'hashes' need the key they were made with: detectors.lists.key is missing");
        }

        return new Entry(entity, values, digests, maxWords);
    }

    private static int ReadMaxWords(MapReader reader)
    {
        var maxWords = reader.Integer("max-words", min: 1) ?? DefaultMaxWords;
        if (maxWords > MostWords)
        {
            reader.Error(reader.LineOf("max-words"), $"'max-words' must be at most {MostWords}: each word of a text is hashed so many times");
        }

        if (reader.Has("max-words") && !reader.Has("hashes"))
        {
            reader.Error(reader.LineOf("max-words"), "'max-words' goes with 'hashes' alone");
        }

        return maxWords;
    }

    private static string? ReadValue(MapReader reader, YamlText value)
    {
        var normalised = ListText.Normalise(GuardText.From(value.Value).Surface, stackalloc char[ListText.MaxLength]);
        if (normalised.IsEmpty)
        {
            reader.Error(value.Line, $"a value needs a character that shows and at most {ListText.MaxLength} of them");
            return null;
        }

        return normalised.ToString();
    }

    private static ListDigest? ReadDigest(MapReader reader, YamlText hash)
    {
        var digest = ListDigest.Parse(hash.Value);
        if (digest is null)
        {
            reader.Error(hash.Line, $"a hash must be {ListDigest.HexLength} hexadecimal digits (HMAC-SHA256), not {hash.Value.Length} characters as this one");
        }

        return digest;
    }

    private sealed record Entry(YamlText? Entity, IReadOnlyList<string> Values, IReadOnlyList<ListDigest> Digests, int MaxWords);
}
