using System.Buffers;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>Reads a pack of recognizers and checks each against its own examples.</summary>
internal static class RecognizerPack
{
    /// <summary>What packs without errors gave, by their text and whether they were tried: a policy that is loaded again builds only what has changed.</summary>
    private static readonly ConcurrentDictionary<(string Text, bool WasTried), IReadOnlyList<Recognizer>> Sound = new();

    /// <param name="file">One that could be read.</param>
    /// <param name="isVerified">Its patterns and examples were tried before, and need not be now.</param>
    public static IReadOnlyList<Recognizer> Read(SourceFile file, bool isVerified)
    {
        if (Sound.TryGetValue((file.Text!, WasTried: true), out var known) || (isVerified && Sound.TryGetValue((file.Text!, WasTried: false), out known)))
        {
            return known;
        }

        var recognizers = Build(file, isTried: !isVerified);
        return file.HasErrors ? recognizers : Sound.GetOrAdd((file.Text!, WasTried: !isVerified), recognizers);
    }

    private static Recognizer[] Build(SourceFile file, bool isTried)
    {
        if (file.Parse() is not { } root)
        {
            return [];
        }

        if (root is not YamlMap map)
        {
            file.Error(root.Line, $"a pack must be a mapping, not {root.Kind}");
            return [];
        }

        var reader = new MapReader(file, map);
        var against = ReadWords(reader, "negative-context").ToArray();

        // Side by side: to build the patterns of hundreds of recognizers and to try their examples takes seconds.
        var recognizers = reader.Maps("recognizers").AsParallel().AsOrdered().Select(recognizer => ReadRecognizer(recognizer, against, isTried)).OfType<Recognizer>().ToArray();
        reader.Done();
        return recognizers;
    }

    /// <param name="packAgainst">The pack's words of negative context, which go with each recognizer's own.</param>
    /// <returns>Null when it could not be built.</returns>
    private static Recognizer? ReadRecognizer(MapReader reader, IReadOnlyList<string> packAgainst, bool isTried)
    {
        reader.Owner = "recognizer";
        var entity = reader.RequiredText("entity");
        reader.Owner = $"recognizer '{entity ?? "without entity"}'";
        reader.RequiredText("source");
        var longest = reader.Integer("longest-match", min: 1);
        if (!reader.Has("longest-match"))
        {
            reader.Error(reader.Line, "'longest-match' is missing");
        }

        var written = reader.Maps("patterns");
        var patterns = written.Select(pattern => ReadPattern(pattern, longest, isTried)).OfType<RecognizerPattern>().ToArray();
        var validator = ReadValidator(reader);
        var minDigits = reader.Integer("min-digits", min: 1) ?? 0;
        var minRun = reader.Integer("min-run", min: 2) ?? 0;
        var contains = reader.Text("contains");
        var literals = reader.Texts("literals");
        var context = ReadWords(reader, "context");
        var against = ReadWords(reader, "negative-context");
        var examples = reader.Map("examples");
        if (!reader.Has("examples"))
        {
            reader.Error(reader.Line, "'examples' is missing");
        }

        reader.Done();
        if (entity is null || longest is null || patterns.Length < Math.Max(1, written.Count) || (reader.Has("validator") && validator is null))
        {
            return null;
        }

        var recognizer = new Recognizer
        {
            Entity = entity,
            Patterns = patterns,
            LongestMatch = longest.Value,
            Validator = validator,
            Context = new ContextWords(context),
            NegativeContext = new ContextWords(against.Concat(packAgainst)),
            MinDigits = minDigits,
            MinRun = minRun,
            Contains = contains is null ? null : SearchValues.Create(contains.Value),
            Literals = literals.Count == 0 ? null : [.. literals.Select(literal => literal.Value)],
        };
        if (examples is not null && isTried)
        {
            RecognizerExamples.Check(examples, recognizer);
        }

        return recognizer;
    }

    /// <summary>A list of words and phrases, or one list a language.</summary>
    private static IReadOnlyList<string> ReadWords(MapReader reader, string key) => reader.IsMap(key) && reader.Map(key) is { } byLanguage
        ? [.. byLanguage.AllLists().Values.SelectMany(list => list).Select(word => word.Value)]
        : [.. reader.Texts(key).Select(word => word.Value)];

    private static Validator? ReadValidator(MapReader reader)
    {
        if (reader.Text("validator") is not { } name)
        {
            return null;
        }

        var validator = Validators.Find(name.Value);
        if (validator is null)
        {
            reader.Error(name.Line, $"unknown validator '{name.Value}'; {Spelling.Known(name.Value, [.. Validators.Names])}");
        }

        return validator;
    }

    private static RecognizerPattern? ReadPattern(MapReader reader, int? longestMatch, bool isTried)
    {
        var name = reader.RequiredText("name");
        reader.Owner += $", pattern '{name ?? "without name"}'";
        var text = reader.RequiredText("regex");
        var score = reader.Score("score");
        if (!reader.Has("score"))
        {
            reader.Error(reader.Line, "'score' is missing");
        }

        var needsContext = reader.Boolean("needs-context") ?? false;
        reader.Done();
        return text is null ? null : ReadPattern(reader, text, longestMatch, isTried, regex => new RecognizerPattern(name ?? "", regex, score ?? 0, needsContext));
    }

    private static RecognizerPattern? ReadPattern(MapReader reader, string regex, int? longestMatch, bool isTried, Func<string, RecognizerPattern> create)
    {
        var line = reader.LineOf("regex");
        try
        {
            // .NET says in its own words what is no regex, and what cannot run in linear time.
            _ = isTried ? new Regex(regex, RecognizerPattern.Options) : null;
            var pattern = create(regex);
            if (pattern.Length.Min > 0 && pattern.Length.Max <= (longestMatch ?? int.MaxValue))
            {
                return pattern;
            }

            reader.Error(line, pattern.Length.Min == 0 ? "it matches the empty text" : $"it can match {pattern.Length.Max} characters, longest-match says {longestMatch}");
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or OverflowException)
        {
            reader.Error(line, $"the regex cannot be used: {exception.Message}");
        }

        return null;
    }
}
