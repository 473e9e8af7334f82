using System.Collections.Frozen;
using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace GuardedZephyr.Tests.SemanticKernel;

public class ExplainDecisionTests
{
    private static readonly JsonSerializerOptions _options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task It_says_which_rule_took_what_where_and_how_sure()
    {
        DecisionExplanation told = await ExplainAsync("My SSN is 536-22-1234 and hers is ５36-22-1234");

        Assert.Equal(("modified", "redact", "input"), (told.Outcome, told.Action, told.Direction));
        Assert.Equal([("US_SSN", 10, 11, "plain"), ("US_SSN", 34, 11, "folded")], told.Findings.Select(finding => (finding.Category, finding.Start, finding.Length, finding.Surface)));
        ExplainedRule rule = Assert.Single(told.Findings[0].Rules);
        Assert.Equal(("redact.EMAIL_ADDRESS", "redact", 0.5, true), (rule.Id, rule.Action, rule.Threshold, rule.Takes));
        Assert.StartsWith("Passed with parts replaced: rule redact.EMAIL_ADDRESS (redact) took US_SSN at 10, length 11, score ", told.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", JsonSerializer.Serialize(told, _options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_why_a_text_was_blocked()
    {
        DecisionExplanation told = await ExplainAsync("You BADWORD");

        Assert.Equal(("blocked", "block"), (told.Outcome, told.Action));
        Assert.Equal(["block.insult"], told.Rules);
        Assert.Contains("rule block.insult (block) took insult at 0, length 11, score 1.00, threshold 0.50", told.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_came_near_and_what_was_not_looked_at()
    {
        Rule onReplies = new() { Id = "replies", Categories = Some.Block("insult").Categories, MinScore = 0.5, Action = RuleAction.Block, On = new[] { Direction.Output }.ToFrozenSet() };
        DecisionExplanation told = await ExplainAsync("You BADWORD with card 4111 1111 1111 1112", onReplies);

        Assert.Equal("Passed as it is: no rule took anything.", told.Summary);
        ExplainedScore near = Assert.Single(told.NotTaken);
        Assert.Equal(("insult", 1, "the rule is not for input"), (near.Category, near.Score, near.Rules.Single().Reason));
        Assert.Contains(told.Dropped, match => match.Category == "CREDIT_CARD" && match.Reason == "invalid");
        Assert.Equal(["harm", "ner"], told.UnusedDetectors);
    }

    [Fact]
    public async Task It_names_detectors_that_failed()
    {
        DecisionExplanation told = await ExplainAsync("Hello", detectors: [new FaultyDetector((_, _) => throw new InvalidOperationException("536-22-1234"))]);

        Assert.Equal("unjudged", told.Outcome);
        Assert.Single(told.FailedDetectors);
        Assert.StartsWith("Not passed, because it could not be judged. These detectors failed: ", told.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_function_and_parameter_tells_a_model_what_it_is_for()
    {
        KernelPlugin plugin = KernelPluginFactory.CreateFromType<GuardPlugin>("guard");

        Assert.Equal(["ask_zephyr", "check_text", "explain_decision", "redact_pii"], plugin.Select(function => function.Name).Order());
        Assert.All(plugin, function => Assert.True(function.Description.Length > 80, function.Name));
        Assert.All(plugin.SelectMany(function => function.Metadata.Parameters), parameter => Assert.NotEmpty(parameter.Description));
        Assert.DoesNotContain(plugin.SelectMany(function => function.Metadata.Parameters), parameter => parameter.Name is "kernel" or "cancellationToken");
    }

    private static async Task<DecisionExplanation> ExplainAsync(string text, Rule? rule = null, IEnumerable<IDetector>? detectors = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(GuardPolicies.Of(Some.Pipeline(policy: rule is null ? null : Some.Policy(rule), detectors: detectors)));
        builder.Plugins.AddFromType<GuardPlugin>("guard");
        return (await builder.Build().InvokeAsync<DecisionExplanation>("guard", "explain_decision", new() { ["text"] = text }, TestContext.Current.CancellationToken))!;
    }
}
