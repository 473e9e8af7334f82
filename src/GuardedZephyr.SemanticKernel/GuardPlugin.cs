using System.ComponentModel;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace GuardedZephyr.SemanticKernel;

/// <summary>The guard as kernel functions: <c>kernel.Plugins.AddFromType&lt;GuardPlugin&gt;("guard")</c> on a kernel that <c>AddGuardedZephyr</c> configured.</summary>
public sealed class GuardPlugin
{
    [KernelFunction("check_text")]
    [Description("Judges a text by the guard's policy: the outcome (allowed, modified, blocked, unjudged), the rules that matched, and where.")]
    public async Task<TextCheck> CheckTextAsync(
        Kernel kernel,
        [Description("The text to judge")] string text,
        [Description("input, tool or output: which way the text travels")] Direction direction = Direction.Input,
        CancellationToken cancellationToken = default)
    {
        using PolicyLease lease = Take(kernel);
        Judgement judgement = await lease.Pipeline.DecideAsync(text, direction, cancellationToken);
        Verdict verdict = judgement.Verdict;
        return new TextCheck(Names.Of(verdict.Outcome), Names.Of(verdict.Action), verdict.Rules, verdict.Findings, judgement.EnforcedText);
    }

    [KernelFunction("redact_pii")]
    [Description("Gives the text back with personal data replaced as the policy says: by placeholders such as [US_SSN] or <EMAIL_ADDRESS_1>, masks or hashes.")]
    public async Task<string> RedactPiiAsync(Kernel kernel, [Description("The text to redact")] string text, CancellationToken cancellationToken = default)
    {
        using PolicyLease lease = Take(kernel);
        return await lease.Pipeline.RedactAsync(text, Direction.Input, cancellationToken);
    }

    [KernelFunction("ask_zephyr")]
    [Description("Asks the guarded chat model a question. The guard judges the question and the answer.")]
    public async Task<string> AskZephyrAsync(Kernel kernel, [Description("The question")] string question, CancellationToken cancellationToken = default) =>
        (await kernel.GetRequiredService<IChatClient>().GetResponseAsync(question, cancellationToken: cancellationToken)).Text;

    private static PolicyLease Take(Kernel kernel) => kernel.GetRequiredService<GuardPolicies>().Take();
}
