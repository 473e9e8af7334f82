using System.ComponentModel;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// The guard as kernel functions: <c>kernel.Plugins.AddFromType&lt;GuardPlugin&gt;("guard")</c> on a kernel that <c>AddGuardedZephyr</c> configured, or
/// <c>AddFromObject(new GuardPlugin("strict"), "guard")</c> for one of several. What it tells holds no text that the policy does not let pass.
/// </summary>
/// <param name="serviceId">Key of the <c>AddGuardedZephyr</c> whose policy and model are used; the one without a key, else the last, when null.</param>
public sealed class GuardPlugin(string? serviceId = null)
{
    private const string Directions = "Which way the text travels: 'input' is what a user or a system message says, 'tool' is a tool's result or a retrieved document, 'output' is what an assistant says. 'input' when not given.";

    [KernelFunction("check_text")]
    [Description("Judges a text by the guard's policy before it is used or shown. Call it when it is unclear whether a text may be passed on. Gives the outcome (allowed, modified, blocked or unjudged: the last two must not be passed on), the most severe action, the rules that matched, the findings (category, start, length, score) and, in 'text', what may be passed on instead; 'text' is null when nothing may.")]
    public async Task<TextCheck> CheckTextAsync(
        Kernel kernel,
        [Description("The text to judge, whole and unchanged")] string text,
        [Description(Directions)] Direction direction = Direction.Input,
        CancellationToken cancellationToken = default)
    {
        using PolicyLease lease = Take(kernel);
        Judgement judgement = await lease.Pipeline.DecideAsync(text, direction, cancellationToken);
        Verdict verdict = judgement.Verdict;
        return new TextCheck(Names.Of(verdict.Outcome), Names.Of(verdict.Action), verdict.Rules, verdict.Findings, judgement.EnforcedText);
    }

    [KernelFunction("redact_pii")]
    [Description("Gives a text back with personal data and secrets replaced by placeholders such as [US_SSN] or <EMAIL_ADDRESS_1>, by masks or by hashes, as the policy says. Call it before a text is stored, logged or sent to somebody else. It does not judge harm: use check_text for that.")]
    public async Task<string> RedactPiiAsync(Kernel kernel, [Description("The text to redact, whole and unchanged")] string text, CancellationToken cancellationToken = default)
    {
        using PolicyLease lease = Take(kernel);
        return await lease.Pipeline.RedactAsync(text, Direction.Input, cancellationToken);
    }

    [KernelFunction("explain_decision")]
    [Description("Explains why the guard lets a text pass, changes it or blocks it: a summary, the rules with their thresholds, the findings by category with offsets, scores and how they were seen, in which readings of the text (plain, decoded from base64 and the like) the classifier saw most, what came near and was not taken, and detectors that failed or are not used. Call it when somebody asks why a text was or was not blocked. The answer never quotes the text.")]
    public async Task<DecisionExplanation> ExplainDecisionAsync(
        Kernel kernel,
        [Description("The text that was judged, whole and unchanged")] string text,
        [Description(Directions)] Direction direction = Direction.Input,
        CancellationToken cancellationToken = default)
    {
        using PolicyLease lease = Take(kernel);
        Judgement judgement = await lease.Pipeline.JudgeAsync(text, direction, cancellationToken);
        return DecisionExplainer.Explain(lease.Pipeline, text, direction, judgement.Verdict, cancellationToken);
    }

    [KernelFunction("ask_zephyr")]
    [Description("Asks the guarded StableLM chat model one question and gives its answer as text. The guard judges the question and the answer; when either does not pass, the answer is the policy's refusal. The model knows nothing of this conversation: put all it needs into the question.")]
    public async Task<string> AskZephyrAsync(Kernel kernel, [Description("The question, with everything that is needed to answer it")] string question, CancellationToken cancellationToken = default) =>
        (await kernel.GetRequiredService<IChatClient>(serviceId).GetResponseAsync(question, cancellationToken: cancellationToken)).Text;

    private PolicyLease Take(Kernel kernel) => kernel.GetRequiredService<GuardPolicies>(serviceId).Take();
}
