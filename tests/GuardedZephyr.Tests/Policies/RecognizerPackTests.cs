using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class RecognizerPackTests
{
    [Fact]
    public void Recognizer_of_a_pack_finds_by_its_patterns_and_context()
    {
        using var folder = new PolicyFolder();
        var policy = folder.Load();

        var findings = policy.Detectors.OfType<PiiDetector>().Single().Find("my pin is 1234");

        Assert.Equal([new Finding("PIN", 10, 4, 0.55, "pii")], findings.Select(finding => finding with { Score = Math.Round(finding.Score, 10) }));
        Assert.Equal([new Replacement(10, 4, "PIN", RuleAction.Redact)], policy.Replacements(Direction.Input, findings));
    }

    [Theory]
    [InlineData("  - entity: PIN\n    source", "  - source", "pii/own.yaml:2: recognizer: 'entity' is missing")]
    [InlineData("    source: ISO 9564-1\n", "", "pii/own.yaml:2: recognizer 'PIN': 'source' is missing")]
    [InlineData("    longest-match: 6\n", "", "pii/own.yaml:2: recognizer 'PIN': 'longest-match' is missing")]
    [InlineData("longest-match: 6", "longest-match: 3", "pii/own.yaml:8: recognizer 'PIN', pattern 'four digits': it can match 4 characters, longest-match says 3")]
    [InlineData("min-digits: 4", "min-digits: some", "pii/own.yaml:5: recognizer 'PIN': 'min-digits' must be a whole number of at least 1, not 'some'")]
    [InlineData("min-digits: 4", "mindigits: 4", "pii/own.yaml:5: recognizer 'PIN': unknown key 'mindigits'; known are entity, source, longest-match, patterns, validator, min-digits, min-run, contains, literals, context, negative-context, examples")]
    [InlineData("{4}", "*", "pii/own.yaml:8: recognizer 'PIN', pattern 'four digits': the regex cannot be used: its longest match cannot be told at character 8: use bounded quantifiers ({0,64} for *), plain groups and classes")]
    [InlineData("{4}", "{4", "pii/own.yaml:8: recognizer 'PIN', pattern 'four digits': ")]
    [InlineData("[0-9]{4}", "[0-9", "pii/own.yaml:8: recognizer 'PIN', pattern 'four digits': the regex cannot be used: Invalid pattern")]
    [InlineData("[0-9]{4}", "(?<=x)[0-9]{4}", "pii/own.yaml:8: recognizer 'PIN', pattern 'four digits': the regex cannot be used: ")]
    [InlineData("\\b[0-9]{4}\\b", "[0-9]{0,4}", "pii/own.yaml:8: recognizer 'PIN', pattern 'four digits': it matches the empty text")]
    [InlineData("        score: 0.2\n", "", "pii/own.yaml:7: recognizer 'PIN', pattern 'four digits': 'score' is missing")]
    [InlineData("score: 0.2", "score: 0.2\n        needs-context: maybe", "pii/own.yaml:10: recognizer 'PIN', pattern 'four digits': unknown needs-context 'maybe'; known are true, false")]
    [InlineData("'pin [[1234]]'", "'pin [[12345]]'", "pii/own.yaml:12: recognizer 'PIN': example 'pin [[12345]]' is not found")]
    [InlineData("'pin [[1234]]'", "'pin 1234'", "pii/own.yaml:12: recognizer 'PIN': example 'pin 1234' is not found as it stands, but at offset 4 with length 4")]
    [InlineData("'pin 12345'", "'pin 1234'", "pii/own.yaml:13: recognizer 'PIN': example 'pin 1234' must not be found, but is")]
    [InlineData("      match: 'pin [[1234]]'\n", "", "pii/own.yaml:12: recognizer 'PIN': examples need 'match'")]
    [InlineData("recognizers:", "recognisers:", "pii/own.yaml:1: 'recognizers' is missing")]
    public void Broken_pack_is_refused_with_file_line_and_recognizer(string part, string broken, string error)
    {
        Assert.Contains(part, PolicyFolder.Pack, StringComparison.Ordinal);
        using var folder = new PolicyFolder(pack: PolicyFolder.Pack.Replace(part, broken, StringComparison.Ordinal));

        Assert.StartsWith(error, folder.Errors()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key 1234", 0.55)]
    [InlineData("schlüssel 1234", 0.55)]
    [InlineData("order 1234", 0.0)]
    [InlineData("room 1234", 0.0)] // the whole pack's
    [InlineData("key to room 1234", 0.55)]
    [InlineData("1234", 0.2)]
    public void Context_may_be_listed_by_language_and_negative_context_lowers_the_score(string text, double score)
    {
        using var folder = new PolicyFolder(pack: "negative-context: [room]\n" + PolicyFolder.Pack.Replace(
            "context: [pin]",
            "context: { en: [pin, key], de: [schlüssel] }\n    negative-context: { en: [order] }",
            StringComparison.Ordinal));

        Assert.Equal(score, Assert.Single(folder.Load().Detectors.OfType<PiiDetector>().Single().Find(text)).Score, precision: 10);
    }

    [Fact]
    public void Unknown_validator_is_an_error_that_says_the_closest()
    {
        using var folder = new PolicyFolder(pack: PolicyFolder.Pack.Replace("    context: [pin]\n", "    context: [pin]\n    validator: luhnn\n", StringComparison.Ordinal));

        Assert.Matches("^pii/own.yaml:11: recognizer 'PIN': unknown validator 'luhnn'; closest of [0-9]+ are luhn, ", Assert.Single(folder.Errors()));
    }

    [Fact]
    public void Rule_for_an_entity_of_a_broken_pack_is_no_error_of_its_own()
    {
        using var folder = new PolicyFolder(pack: "recognizers: [");

        Assert.All(folder.Errors(), error => Assert.StartsWith("pii/own.yaml:", error, StringComparison.Ordinal));
    }
}
