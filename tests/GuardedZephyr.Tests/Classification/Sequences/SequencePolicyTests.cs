using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Cli;
using GuardedZephyr.Tests.Guardrails;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Classification;

/// <summary>A sequence classifier as the harm classifier of a policy file.</summary>
public sealed class SequencePolicyTests : IDisposable
{
    /// <summary>Of ada the first label is sure, of love the second; the third of the rest.</summary>
    private readonly TinySequenceModel _tiny = TinySequenceModel.WordPiece(["TOXIC", "LABEL_1", "safe"], (id, label) => (id, label) is (4, 0) or (5, 1) ? 6 : label == 2 ? 1 : 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ada lives", "toxic")]
    [InlineData("in love", "illicit")]
    [InlineData("the the", "")]
    public async Task Rules_name_what_the_labels_are_mapped_to(string text, string rules)
    {
        using var folder = PolicyWith("labels: { TOXIC: toxicity, LABEL_1: illicit }");
        using var pipeline = GuardPipeline.Load(folder.PolicyPath, new RecordingAuditLog(), Guardrails.Some.AuditKey);

        var judgement = await pipeline.JudgeAsync(text, Direction.Input, Cancellation);

        Assert.Equal(rules, string.Join(' ', judgement.Verdict.Rules));
    }

    [Fact]
    public async Task Check_gives_the_scores()
    {
        using var folder = PolicyWith("labels: { TOXIC: toxicity, LABEL_1: illicit }");
        folder.Write("in.jsonl", """{ "id": 1, "text": "Ada lives" }""" + "\n");
        var output = Path.Combine(folder.Path, "out.jsonl");

        var (exitCode, _, error) = await Zephyr.RunAsync("check", "--policy", folder.PolicyPath, "--in", Path.Combine(folder.Path, "in.jsonl"), "--out", output, "--scores");

        Assert.True(exitCode == 0, error);
        var line = JsonElement.Parse(await File.ReadAllTextAsync(output, Cancellation));
        Assert.Equal("blocked", line.GetProperty("outcome").GetString());
        Assert.Equal(Math.Round(1 / (1 + Math.Exp(-6)), 4), line.GetProperty("scores").GetProperty("toxicity").GetDouble(), 4);
        Assert.Equal(0.5, line.GetProperty("scores").GetProperty("illicit").GetDouble(), 4);
        Assert.False(line.GetProperty("scores").TryGetProperty("safe", out _));
    }

    [Fact]
    public async Task Validate_accepts_the_policy_and_names_a_label_that_the_model_lacks()
    {
        using var good = PolicyWith("labels: { TOXIC: toxicity, LABEL_1: illicit }");
        using var bad = PolicyWith("labels: { TOXIC: toxicity, LABEL_1: illicit, INSULT: insult }");

        Assert.Equal(0, (await Zephyr.RunAsync("policy", "validate", good.PolicyPath)).ExitCode);
        var (exitCode, output, error) = await Zephyr.RunAsync("policy", "validate", bad.PolicyPath);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("detectors.harm: labels names INSULT, which the model", output + error, StringComparison.Ordinal);
        Assert.Contains("it has TOXIC, LABEL_1, safe", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_for_a_label_that_a_model_without_mapping_lacks_is_refused_with_those_that_there_are()
    {
        using var folder = PolicyWith("timeout: 30s");

        var error = Assert.Throws<PolicyFileException>(() => GuardPipeline.Load(folder.PolicyPath, new RecordingAuditLog(), Guardrails.Some.AuditKey));

        Assert.Contains("label(s) toxicity, illicit, which the harm classifier does not have; it has toxic, label_1, safe", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labels: { TOXIC: toxicity }", "policy.yaml:11: rule 'illicit': detectors.harm.labels gives no label 'illicit'; known are toxicity")]
    [InlineData("labels: {}", "policy.yaml:5: detectors.harm: 'labels' must say what the model's labels are called in rules")]
    [InlineData("labels: TOXIC", "policy.yaml:5: detectors.harm: 'labels' must be a mapping")]
    [InlineData("label: { TOXIC: toxicity }", "policy.yaml:5: detectors.harm: unknown key 'label'; known are model, timeout, labels")]
    public void Wrong_section_is_refused_with_its_line(string section, string error)
    {
        using var folder = PolicyWith(section);

        Assert.StartsWith(error, folder.Errors()[0], StringComparison.Ordinal);
    }

    public void Dispose() => _tiny.Dispose();

    private PolicyFolder PolicyWith(string section) => new($$"""
        name: harm
        version: 1
        responses: texts.yaml
        detectors:
          harm: { model: {{_tiny.Folder}}, {{section}} }
        rules:
          - id: toxic
            when: { label: toxicity, min-score: 0.9 }
            action: block
          - id: illicit
            when: { label: illicit, min-score: 0.9 }
            action: block

        """);
}
