using System.Text.Json;
using GuardedZephyr.Cli;
using GuardedZephyr.Tests.Classification;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Cli;

public sealed class PolicyExplainTests
{
    [Fact]
    public async Task Match_is_shown_with_the_steps_of_its_score_and_the_rule_that_takes_it()
    {
        var match = (await MatchesAsync("My SSN is 536-22-1234")).Single(match => match.GetProperty("pattern").GetString() == "dashes");

        Assert.Equal(("US_SSN", 10, 11, "536-22-1234"), (Text(match, "entity"), match.GetProperty("start").GetInt32(), match.GetProperty("length").GetInt32(), Text(match, "excerpt")));
        Assert.Equal((0.65, "ssn", "undecided", 1), (match.GetProperty("base_score").GetDouble(), Text(match, "validator"), Text(match, "validity"), match.GetProperty("score").GetDouble()));
        Assert.Equal("""{"phrase":"ssn","side":"before"}""", match.GetProperty("context").GetRawText());
        Assert.True(match.GetProperty("taken").GetBoolean());
        Assert.Equal("taken by pii.government-id (redact)", Text(match, "reason"));
    }

    [Theory]
    [InlineData("536221234", "US_SSN", "no separators", "score 0.20 is below the 0.50 that rule pii.government-id asks for")]
    [InlineData("000-12-3456", "US_SSN", "dashes", "validator ssn drops it: a wrong check digit, or no number of this kind")]
    [InlineData("4222222222222", "CREDIT_CARD", "13 digits, Visa and Maestro", "it counts only beside a context word, and none stands within 5 words and 60 characters")]
    [InlineData("ssn 536-22-1234", "US_SSN", "any separators", "US_SSN at 4, length 11, covers it with score 1.00")]
    public async Task Reason_says_why_no_rule_takes_a_match(string text, string entity, string pattern, string reason)
    {
        var match = (await MatchesAsync(text)).Single(match => Text(match, "entity") == entity && Text(match, "pattern") == pattern);

        Assert.False(match.GetProperty("taken").GetBoolean());
        Assert.Equal(reason, Text(match, "reason"));
    }

    [Theory]
    [InlineData("--direction", "output", "rule pin is not for output")]
    [InlineData("--direction", "tool", "taken by pin (redact)")]
    public async Task Reason_depends_on_the_way_the_text_travels(string option, string direction, string reason)
    {
        using var folder = new PolicyFolder(PolicyFolder.WithoutHarm);

        Assert.Equal(reason, Text(Assert.Single(await MatchesAsync("my pin is 1234", "--policy", folder.PolicyPath, option, direction)), "reason"));
    }

    [Fact]
    public async Task Entity_without_a_rule_and_a_match_with_too_few_digits_are_told()
    {
        using var folder = new PolicyFolder(
            PolicyFolder.WithoutHarm.Replace("entity: PIN", "entity: control-token", StringComparison.Ordinal),
            PolicyFolder.Pack.Replace("min-digits: 4", "min-digits: 5", StringComparison.Ordinal).Replace("[0-9]{4}", "[0-9]{4}x?[0-9]?", StringComparison.Ordinal)
                .Replace("      match: 'pin [[1234]]'", "      match: 'pin [[1234x5]]'", StringComparison.Ordinal).Replace(", 'pin 12345'", "", StringComparison.Ordinal));

        Assert.Equal(
            ["it holds fewer than 5 digits", "no rule is for PIN"],
            (await MatchesAsync("pin 1234 and pin 1234x5", "--policy", folder.PolicyPath)).Select(match => Text(match, "reason")));
    }

    [Theory]
    [InlineData("entity: [PIN, PROJECT_NAME]", "taken by pin (redact)")]
    [InlineData("entity: [PIN, control-token]", "no rule is for PROJECT_NAME")]
    public async Task Finding_of_a_deny_list_is_shown_with_the_rule_that_takes_it_or_why_none_does(string entities, string reason)
    {
        using var folder = new PolicyFolder(PolicyFolder.WithoutHarm
            .Replace("rules:", "  lists: { deny: [{ entity: PROJECT_NAME, values: [Bluebird] }] }\nrules:", StringComparison.Ordinal)
            .Replace("entity: PIN", entities, StringComparison.Ordinal));

        var match = Assert.Single(await MatchesAsync("of bluebird", "--policy", folder.PolicyPath));

        Assert.Equal(("list", "PROJECT_NAME", null), (Text(match, "detector"), Text(match, "entity"), Text(match, "pattern")));
        Assert.Equal((3, 8, 1), (match.GetProperty("start").GetInt32(), match.GetProperty("length").GetInt32(), match.GetProperty("score").GetDouble()));
        Assert.Equal(reason, Text(match, "reason"));
        var tree = await Zephyr.RunAsync("policy", "explain", "of bluebird", "--policy", folder.PolicyPath);
        Assert.Contains("PROJECT_NAME, detector 'list': score 1.00", tree.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finding_of_an_entity_model_is_shown_with_the_rule_that_takes_it()
    {
        using var tiny = TinyEntityModel.WordPiece();
        using var folder = new PolicyFolder(PolicyFolder.WithoutHarm
            .Replace("rules:", $"  ner: {{ model: '{tiny.Folder}', timeout: 5s, entities: {{ LOC: PLACE }} }}\nrules:", StringComparison.Ordinal)
            .Replace("entity: PIN", "entity: [PIN, PLACE]", StringComparison.Ordinal));

        var match = Assert.Single(await MatchesAsync("in Quillton", "--policy", folder.PolicyPath));

        Assert.Equal(("ner", "PLACE", "Quillton", "taken by pin (redact)"), (Text(match, "detector"), Text(match, "entity"), Text(match, "excerpt"), Text(match, "reason")));
    }

    [Fact]
    public async Task Negative_context_is_named()
    {
        using var folder = new PolicyFolder(PolicyFolder.WithoutHarm, "negative-context: [room]\n" + PolicyFolder.Pack);

        var match = Assert.Single(await MatchesAsync("1234 is my room", "--policy", folder.PolicyPath));

        Assert.Equal("""{"phrase":"room","side":"behind"}""", match.GetProperty("negative_context").GetRawText());
        Assert.Equal(0, match.GetProperty("score").GetDouble());
    }

    [Theory]
    [InlineData("My number is 55501.", "55501", "UK_NINO: has 5 digits, needs at least 6")]
    [InlineData("Write to ada@example now", "ada@example", "no pattern of any recognizer matches here")]
    [InlineData("order 123456789", "123456789", "US_SSN (no separators): score 0.20 is below the 0.50 that rule pii.government-id asks for")]
    [InlineData("４４４４ four", "４４４４", "IT_IDENTITY_CARD: has 4 digits, needs at least 5")]
    public async Task What_looks_like_personal_data_and_is_not_taken_is_explained(string text, string excerpt, string reason)
    {
        var part = Assert.Single((await ReportAsync(text)).GetProperty("parts").EnumerateArray());

        Assert.Equal(excerpt, Text(part, "excerpt"));
        Assert.Contains(reason, part.GetProperty("reasons").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task Part_that_is_asked_for_is_explained_wherever_it_stands_and_nothing_else()
    {
        var report = await ReportAsync("536221234, my ssn is 536221234, my mail ada@example.org", "--value", "536221234");

        Assert.Equal([0, 21], report.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("start").GetInt32()));
        Assert.All(report.GetProperty("matches").EnumerateArray(), match => Assert.Equal("536221234", Text(match, "excerpt")));
    }

    [Fact]
    public async Task Nothing_of_the_text_is_shown_when_it_is_not_to_be()
    {
        foreach (var form in new[] { "--json", "--no-text" })
        {
            var run = await Zephyr.RunAsync("policy", "explain", "ssn 536-22-1234, card 4111 1111 1111 1112", "--no-text", form);

            Assert.Equal((ZephyrCommand.Ok, ""), (run.ExitCode, run.Error));
            Assert.Contains("US_SSN", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("536-22", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("4111", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task People_get_a_tree()
    {
        var run = await Zephyr.RunAsync("policy", "explain", "My SSN is 536-22-1234 or 55501");

        Assert.Contains("at 10, length 11: 536-22-1234", run.Output, StringComparison.Ordinal);
        Assert.Contains("US_SSN, pattern 'dashes': 0.65 > validator ssn undecided > context 'ssn' before > score 1.00", run.Output, StringComparison.Ordinal);
        Assert.Contains("taken by pii.government-id (redact)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not taken: at 25, length 5: 55501", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing in the text looks like personal data.\nHarm classifier:", (await Zephyr.RunAsync("policy", "explain", "Hello.")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_may_come_from_a_file()
    {
        using var folder = new PolicyFolder();
        folder.Write("text.txt", "My SSN is 536-22-1234");

        var run = await Zephyr.RunAsync("policy", "explain", "--in", Path.Combine(folder.Path, "text.txt"), "--json");

        Assert.Contains("pii.government-id", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy", "explain")]
    [InlineData("policy", "explain", "text", "--in", "file")]
    [InlineData("policy", "explain", "--in", "no-such.txt")]
    [InlineData("policy", "explain", "text", "--value", "other")]
    [InlineData("policy", "explain", "text", "--policy", "no-such.yaml")]
    [InlineData("policy", "explain", "text", "--direction", "sideways")]
    public async Task Wrong_usage_is_told(params string[] arguments)
    {
        var run = await Zephyr.RunAsync(arguments);

        Assert.Equal((ZephyrCommand.Unusable, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("zephyr: ", run.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReportAsync(string text, params string[] options)
    {
        var run = await Zephyr.RunAsync(["policy", "explain", text, "--json", .. options]);
        Assert.Equal((ZephyrCommand.Ok, ""), (run.ExitCode, run.Error));
        return JsonElement.Parse(run.Output);
    }

    private static async Task<IEnumerable<JsonElement>> MatchesAsync(string text, params string[] options) =>
        (await ReportAsync(text, options)).GetProperty("matches").EnumerateArray();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
