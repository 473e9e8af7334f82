using GuardedZephyr.Guardrails;
using Microsoft.SemanticKernel;

namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// Judges rendered prompts that go to a service without a guard. Where the service has one, the prompt is judged there, once. A prompt that does not pass is
/// answered by the policy's refusal, without the model.
/// </summary>
/// <remarks>
/// Semantic Kernel looks at a filter's result only where the reply is not streamed, and it ignores a changed prompt that is blank or differs in case alone. So a stream is
/// stopped by <see cref="GuardBlockedException"/>, and a streamed prompt without a guard around its model is refused by <see cref="NotSupportedException"/>: no filter
/// can hold its reply back.
/// </remarks>
internal sealed class GuardPromptFilter(GuardPolicies policies) : IPromptRenderFilter
{
    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        GuardFrame frame = GuardFrame.Current ??= new GuardFrame();
        try
        {
            await RenderAsync(frame, context, next);
            if (context.Result is null && !ServiceGuard.IsGuarded(context.Kernel, context.Function, context.Arguments))
            {
                await GuardAsync(frame, context);
            }
        }
        catch (GuardBlockedException blocked) when (!context.IsStreaming)
        {
            frame.Turn?.Dispose();
            frame.Turn = null;
            context.Result = GuardedResult.Of(context.Function, context.Kernel.Culture, blocked.Refusal, blocked.Report);
        }
    }

    private static async Task RenderAsync(GuardFrame frame, PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        frame.IsRendering = true;
        try
        {
            await next(context);
        }
        finally
        {
            frame.IsRendering = false;
        }
    }

    private async Task GuardAsync(GuardFrame frame, PromptRenderContext context)
    {
        if (context.IsStreaming)
        {
            throw new NotSupportedException(
                "The service of this prompt has no guard, and a filter cannot hold a streamed reply back. Put UseGuardrails around its chat client and register it with AsGuardedChatCompletionService, or do not stream.");
        }

        frame.Turn = new TurnGuard(policies.Take(), context.ExecutionSettings?.ModelId);
        string rendered = context.RenderedPrompt ?? "";
        string? enforced = await RenderedPrompt.EnforceAsync(rendered, frame.Turn, context.CancellationToken);
        if (enforced is null)
        {
            throw frame.Turn.Blocked();
        }

        if (enforced != rendered)
        {
            context.RenderedPrompt = WouldBeTaken(enforced, rendered)
                ? enforced
                : throw new InvalidOperationException("The enforced prompt differs from the rendered one in a way that Semantic Kernel ignores, so it is not sent. Use an operator that leaves something: redact, hash or pseudonymise.");
        }
    }

    private static bool WouldBeTaken(string enforced, string rendered) => !string.IsNullOrWhiteSpace(enforced) && !string.Equals(enforced, rendered, StringComparison.OrdinalIgnoreCase);
}
