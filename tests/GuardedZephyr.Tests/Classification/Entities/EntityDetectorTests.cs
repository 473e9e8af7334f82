using CsCheck;
using GuardedZephyr.Classification;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Guardrails;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Classification;

public sealed class EntityDetectorTests
{
    private static readonly Dictionary<string, string> Both = new() { ["PER"] = "PERSON", ["LOC"] = "LOCATION" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ada Lovelace lives in Quillton.", "[PERSON] lives in [LOCATION].")]
    [InlineData("in Quillton lives Ada", "in [LOCATION] lives [PERSON]")]
    [InlineData("Ada Ada", "[PERSON] [PERSON]")]
    [InlineData("Jörg'Love in 日.", "[PERSON] in [LOCATION].")]
    [InlineData("A\u200Bda  Love\u200Blace 😀 Ada", "[PERSON] 😀 [PERSON]")]
    [InlineData("the the.", "the the.")]
    [InlineData("  ", "  ")]
    [InlineData("", "")]
    public async Task Words_of_a_name_become_one_finding_in_offsets_of_the_original(string text, string expected)
    {
        using var tiny = TinyEntityModel.WordPiece();

        Assert.Equal(expected, Redacted(text, await Find(tiny, text)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Byte_level_model_finds_names_without_the_space_before_them(bool asTokenizerFile)
    {
        using var tiny = TinyEntityModel.ByteLevel(asTokenizerFile);

        Assert.Equal("so [PERSON], 😀 [PERSON]", Redacted("so Ada, 😀 Ada", await Find(tiny, "so Ada, 😀 Ada", new() { ["PER"] = "PERSON" })));
    }

    [Fact]
    public async Task Score_is_the_mean_of_the_words_probabilities()
    {
        using var tiny = TinyEntityModel.WordPiece(certainty: 2);
        var probability = Math.Exp(2) / (Math.Exp(2) + 4);

        var finding = Assert.Single(await Find(tiny, "Ada Love"));

        Assert.Equal(probability, finding.Score, 6);
        Assert.Equal(("PERSON", 0, 8, "ner"), (finding.Category, finding.Start, finding.Length, finding.Detector));
    }

    [Fact]
    public async Task Labels_that_are_not_mapped_are_passed_over()
    {
        using var tiny = TinyEntityModel.WordPiece();

        Assert.Equal("PERSON", Assert.Single(await Find(tiny, "Ada lives in Quillton", new() { ["PER"] = "PERSON" })).Category);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("")]
    [InlineData(". ")]
    public async Task Nothing_of_a_long_text_is_cut_off(string joint)
    {
        using var tiny = TinyEntityModel.WordPiece(positions: 16);
        var text = string.Concat(Enumerable.Repeat($"the.日{joint}", 500)) + " Ada";

        var findings = await Find(tiny, text);

        Assert.Equal(501, findings.Count);
        Assert.All(findings, finding => Assert.True(finding.TextOf(text) is "日" or "Ada"));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    public async Task Name_is_found_whole_wherever_a_long_sentence_is_cut(int positions)
    {
        using var tiny = TinyEntityModel.WordPiece(positions: positions);
        for (var words = 0; words < 100; words += 3)
        {
            var text = string.Concat(Enumerable.Repeat("the ", words)) + "Ada Lovelace" + string.Concat(Enumerable.Repeat(" the", 60));

            var finding = Assert.Single(await Find(tiny, text));

            Assert.Equal("Ada Lovelace", finding.TextOf(text));
        }
    }

    [Fact]
    public void Window_that_reaches_far_enough_gives_the_findings_of_the_whole_text()
    {
        using var tiny = TinyEntityModel.WordPiece();
        using var model = EntityModel.Load(tiny.Folder);
        var detector = new EntityDetector(model, Both);
        var reach = detector.Reach!.Value;
        var words = Gen.OneOf("Ada", "Lovelace", "Quillton", "the", "lives", "in.", "Dr.", "日", "the!", "\n", "x, y").Array[200, 400].Select(parts => string.Join(' ', parts));

        Gen.Select(words, Gen.Int[0, 1000], Gen.Int[0, 400]).Sample(
            (text, from, extra) =>
            {
                var start = Math.Min(from, text.Length);
                var end = Math.Min(text.Length, start + (2 * reach) + extra);
                var (safeFrom, safeTo) = (start == 0 ? 0 : start + reach, end == text.Length ? end : end - reach);

                var whole = Wait(detector, text);
                var window = Wait(detector, text[start..end]).Select(finding => finding with { Start = finding.Start + start });

                Assert.Equal(whole.Where(IsSafe), window.Where(IsSafe));

                bool IsSafe(Finding finding) => finding.Start >= safeFrom && finding.End <= safeTo;
            },
            iter: 200);
    }

    [Fact]
    public async Task Model_that_gives_no_number_is_an_error_and_never_a_pass()
    {
        using var tiny = TinyEntityModel.WordPiece(certainty: float.NaN);

        var error = await Assert.ThrowsAsync<DetectionException>(() => Find(tiny, "Ada lives"));

        Assert.DoesNotContain("Ada", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_over_the_limit_is_refused()
    {
        using var tiny = TinyEntityModel.WordPiece();

        await Assert.ThrowsAsync<DetectionException>(() => Find(tiny, new string('a', EntityDetector.LongestText + 1)));
    }

    [Fact]
    public async Task Model_that_takes_longer_than_its_time_has_failed()
    {
        using var tiny = TinyEntityModel.WordPiece();
        using var model = EntityModel.Load(tiny.Folder);
        var policy = new Policy { Identity = Guardrails.Some.Policy().Identity, Responses = Guardrails.Some.Policy().Responses, Rules = Guardrails.Some.UsualRules, OtherLimits = new DetectorLimits { Timeout = TimeSpan.Zero } };
        using GuardPipeline pipeline = Guardrails.Some.Pipeline(policy: policy, detectors: [new EntityDetector(model, Both)]);

        Verdict verdict = (await pipeline.JudgeAsync("Ada", Direction.Input, Cancellation)).Verdict;

        Assert.Equal(Outcome.Unjudged, verdict.Outcome);
        Assert.Equal(["ner"], verdict.FailedDetectors);
    }

    [Fact]
    public async Task Cancelled_judgement_stops()
    {
        using var tiny = TinyEntityModel.WordPiece();
        using var model = EntityModel.Load(tiny.Folder);
        var detector = new EntityDetector(model, Both);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => detector.DetectAsync(GuardText.From("Ada"), Direction.Input, new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task Policy_with_a_token_classifier_redacts_what_it_finds()
    {
        using var tiny = TinyEntityModel.WordPiece();
        using var folder = new PolicyFolder(NerPolicy($"model: {tiny.Folder}, timeout: 5s, entities: {{ PER: PERSON }}"));
        using var pipeline = GuardPipeline.Load(folder.PolicyPath, new RecordingAuditLog(), Guardrails.Some.AuditKey);

        var judgement = await pipeline.JudgeAsync("Ada Lovelace lives in Quillton.", Direction.Input, Cancellation);

        Assert.Equal("[PERSON] lives in Quillton.", judgement.EnforcedText);
    }

    [Fact]
    public void Policy_that_maps_a_label_which_the_model_lacks_is_refused()
    {
        using var tiny = TinyEntityModel.WordPiece();
        using var folder = new PolicyFolder(NerPolicy($"model: {tiny.Folder}, entities: {{ PER: PERSON, MISC: PERSON }}"));

        var error = Assert.Throws<PolicyFileException>(() => GuardPipeline.Load(folder.PolicyPath, new RecordingAuditLog(), Guardrails.Some.AuditKey));

        Assert.Contains("label(s) MISC", error.Message, StringComparison.Ordinal);
        Assert.Contains("it has PER, LOC", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: m", "policy.yaml:5: detectors.ner: 'entities' must say what the model's labels are called in rules")]
    [InlineData("entities: { PER: PERSON }", "policy.yaml:5: detectors.ner: 'model' is missing")]
    [InlineData("model: m, entities: { PER: NAME }", "policy.yaml:8: rule 'names': no detector finds the entity 'PERSON'; known are NAME")]
    [InlineData("model: m, entities: { PER: PERSON }, timeout: 2", "policy.yaml:5: detectors.ner: 'timeout' must be a time")]
    [InlineData("model: m, entities: { PER: PERSON }, labels: x", "policy.yaml:5: detectors.ner: unknown key 'labels'; known are model, timeout, bulkhead, breaker, entities")]
    public void Wrong_section_is_refused_with_its_line(string section, string error)
    {
        using var folder = new PolicyFolder(NerPolicy(section));

        Assert.StartsWith(error, Assert.Single(folder.Errors()), StringComparison.Ordinal);
    }

    private static string NerPolicy(string section) => $$"""
        name: names
        version: 1
        responses: texts.yaml
        detectors:
          ner: { {{section}} }
        rules:
          - id: names
            when: { entity: PERSON }
            action: redact

        """;

    private static async Task<IReadOnlyList<Finding>> Find(TinyEntityModel tiny, string text, Dictionary<string, string>? entities = null)
    {
        using var model = EntityModel.Load(tiny.Folder);
        return await new EntityDetector(model, entities ?? Both).DetectAsync(GuardText.From(text), Direction.Input, Cancellation);
    }

    private static IReadOnlyList<Finding> Wait(EntityDetector detector, string text) =>
        detector.DetectAsync(GuardText.From(text), Direction.Output, Cancellation).AsTask().GetAwaiter().GetResult();

    private static string Redacted(string text, IReadOnlyList<Finding> findings)
    {
        var policy = Policies.Some.Policy(Policies.Some.Rule("all", RuleAction.Redact, [.. findings.Select(finding => finding.Category)]));
        return Policies.Some.Operators(policy).ApplyToRequest(text, policy.Replacements(Direction.Output, findings));
    }
}
