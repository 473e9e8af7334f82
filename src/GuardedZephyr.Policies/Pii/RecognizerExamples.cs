namespace GuardedZephyr.Policies;

/// <summary>
/// The texts by which a recognizer shows what it does. In a text to match, <c>[[</c> and <c>]]</c> enclose what must be found; without
/// them it is the whole text.
/// </summary>
internal static class RecognizerExamples
{
    /// <summary>From this score on an example counts as found: what a policy asks for by default.</summary>
    private const double FoundScore = 0.5;

    public static void Check(MapReader reader, Recognizer recognizer)
    {
        var detector = new PiiDetector([recognizer]);
        foreach (var (list, check) in new (string, Func<PiiDetector, string, string?>)[] { ("match", Miss), ("no-match", FalseAlarm) })
        {
            if (!reader.Has(list))
            {
                reader.Error(reader.Line, $"examples need '{list}'");
            }

            foreach (var example in reader.Texts(list))
            {
                if (check(detector, example.Value) is { } problem)
                {
                    reader.Error(example.Line, $"example '{example.Value}' {problem}");
                }
            }
        }

        reader.Done();
    }

    private static string? Miss(PiiDetector detector, string example)
    {
        var open = example.IndexOf("[[", StringComparison.Ordinal);
        var close = example.LastIndexOf("]]", StringComparison.Ordinal);
        var isMarked = open >= 0 && close > open;
        var text = isMarked ? string.Concat(example.AsSpan(0, open), example.AsSpan(open + 2, close - open - 2), example.AsSpan(close + 2)) : example;
        var (start, length) = isMarked ? (open, close - open - 2) : (0, text.Length);
        var spans = Replacement.Covering(Find(detector, text), _ => Operator.Redact);
        return spans.Contains(new Replacement(start, length, detector.Entities[0], RuleAction.Redact))
            ? null
            : spans.Count == 0 ? "is not found" : $"is not found as it stands, but at offset {spans[0].Start} with length {spans[0].Length}";
    }

    private static string? FalseAlarm(PiiDetector detector, string example) =>
        Find(detector, example).Any() ? "must not be found, but is" : null;

    private static IEnumerable<Finding> Find(PiiDetector detector, string example) =>
        detector.Find(GuardText.From(example), CancellationToken.None).Where(finding => finding.Score >= FoundScore);
}
