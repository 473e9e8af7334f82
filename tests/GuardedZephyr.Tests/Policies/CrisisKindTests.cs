using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class CrisisKindTests
{
    private static readonly string[] OfAnotherCrisis = ["crisis-method", "crisis-third-person"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("My FRIEND really wants to kill himself.", "third")]
    [InlineData("Do you want to kill me?", null)]
    [InlineData("my friend and all of the people that we know kill himself", null)]
    [InlineData("I don’t want to live", "first")]
    [InlineData("i don't, want to live!", "first")]
    [InlineData("I do not want to live", null)]
    [InlineData("", null)]
    public async Task A_phrase_is_found_as_whole_words_with_few_words_in_its_gap(string text, string? kind)
    {
        using var folder = Folder("words: { someone: [my friend, a classmate] }\nkinds:\n  third: ['{someone} ... kill himself']\n  first: I don't want to live\n");

        var findings = await folder.Load().Detectors.OfType<CrisisKindDetector>().Single().DetectAsync(GuardText.From(text), Direction.Input, Cancellation);

        Assert.Equal(kind is null ? [] : [new Finding(kind, 0, text.Length, 1, "crisis-kind")], findings);
    }

    [Theory]
    [InlineData("kinds: { third: ['... kill'] }", "phrases.yaml:1: third: a phrase starts and ends with a word, not with '...'")]
    [InlineData("kinds: { third: ['{nobody} kill'] }", "phrases.yaml:1: third: there is no list 'nobody' under 'words'; known are none")]
    [InlineData("kinds: { third: ['kill -- x'] }", "phrases.yaml:1: third: a phrase is made of words, with a letter or digit in each")]
    [InlineData("words: {}", "phrases.yaml:1: 'kinds' must say what phrases tell of each kind")]
    [InlineData("kinds: { third: [x] }\nother: 1", "phrases.yaml:2: unknown key 'other'; known are words, kinds")]
    public void Phrases_that_cannot_be_used_are_errors_with_file_and_line(string phrases, string error)
    {
        using var folder = Folder(phrases);

        Assert.Contains(error, folder.Errors());
    }

    [Fact]
    public void A_rule_may_ask_for_a_kind_that_is_found_and_for_no_other()
    {
        using var folder = Folder("kinds: { third: [x] }");
        folder.Write("policy.yaml", Policy.Replace("label: [hate, threat]", "label: hate, with: fourth", StringComparison.Ordinal));

        Assert.Contains(folder.Errors(), error => error.Contains("no detector finds the entity 'fourth'", StringComparison.Ordinal));

        folder.Write("policy.yaml", Policy.Replace("entity: PIN", "entity: PIN, with: third", StringComparison.Ordinal));

        Assert.Contains(folder.Errors(), error => error.Contains("'with' goes with 'label' alone", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_chooses_among_rules_and_finds_nothing_of_itself()
    {
        Rule[] rules =
        [
            Some.Rule("third", RuleAction.Respond, "self-harm") with { With = ["third-person"], Response = "third" },
            Some.Rule("any", RuleAction.Respond, "self-harm"),
        ];
        var policy = Some.Policy(rules);

        Assert.Equal("third", policy.Decide(Direction.Input, [Some.Finding("self-harm"), Some.Finding("third-person")], []).Response);
        Assert.Equal("crisis", policy.Decide(Direction.Input, [Some.Finding("self-harm")], []).Response);
        Assert.Equal(Outcome.Allowed, policy.Decide(Direction.Input, [Some.Finding("third-person")], []).Outcome);
    }

    /// <summary>The answer that the shipped phrases choose. The later texts were written when the phrases stood; what cannot be told gets the general answer.</summary>
    [Theory]
    [InlineData("crisis-texts.tsv", 4, 0)]
    [InlineData("crisis-texts-later.tsv", 9, 1)]
    public async Task Shipped_phrases_choose_the_right_answer_for_most_texts_and_seldom_another_persons(string file, int mostWrong, int mostWorse)
    {
        var detector = ShippedPolicies.Standard.Detectors.OfType<CrisisKindDetector>().Single();
        var wrong = new List<string>();
        var worse = new List<string>();
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "tests", "GuardedZephyr.Tests", "Policies", file), Cancellation);
        foreach (var line in lines.Select(line => line.Split('\t')))
        {
            var findings = (await detector.DetectAsync(GuardText.From(line[1]), Direction.Input, Cancellation)).Append(Some.Finding("self-harm")).ToArray();
            var answer = ShippedPolicies.Standard.Decide(Direction.Input, findings, []).Response!;
            if (answer != line[0])
            {
                wrong.Add($"{answer} for {string.Join(": ", line)}");
                worse.AddRange(OfAnotherCrisis.Contains(answer) ? [wrong[^1]] : []);
            }
        }

        Assert.True(wrong.Count <= mostWrong, $"{wrong.Count} of {lines.Length}:\n{string.Join('\n', wrong)}");
        Assert.True(worse.Count <= mostWorse, string.Join('\n', worse));
    }

    private static string Policy => PolicyFolder.Policy.Replace("  control-tokens: {}", "  crisis-kind: { phrases: phrases.yaml }", StringComparison.Ordinal);

    private static PolicyFolder Folder(string phrases)
    {
        var folder = new PolicyFolder(Policy);
        folder.Write("phrases.yaml", phrases);
        return folder;
    }
}
