using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.SemanticKernel;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatRole = Microsoft.Extensions.AI.ChatRole;

namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// Judges what functions bring into a prompt while it is rendered, as tool results, and the reply of a prompt whose service has no guard. What a host calls
/// for itself is its own: no model wrote the arguments, and none reads the result.
/// </summary>
internal sealed class GuardFunctionFilter(GuardPolicies policies) : IFunctionInvocationFilter
{
    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        GuardFrame? outer = GuardFrame.Current;
        var frame = new GuardFrame();
        GuardFrame.Current = frame;
        try
        {
            await next(context);
            if (frame.Turn is { } turn)
            {
                await GuardReplyAsync(context, turn);
            }
        }
        finally
        {
            GuardFrame.Current = outer;
            frame.Turn?.Dispose();
        }

        if (outer is { IsRendering: true })
        {
            await RefuseInPromptAsync(context);
        }
    }

    private static async Task GuardReplyAsync(FunctionInvocationContext context, TurnGuard turn)
    {
        string? text = GuardedResult.TextOf(context.Result);
        string? enforced = null;
        if (text is null)
        {
            await turn.RefuseAsync(TurnPart.Reply, Direction.Output, context.CancellationToken);
        }
        else
        {
            enforced = await turn.ReplyAsync(text, context.CancellationToken);
        }

        context.Result = GuardedResult.Of(context.Function, context.Kernel.Culture, enforced ?? turn.Refusal!, turn.Report());
    }

    /// <summary>
    /// A result in a prompt may be blocked as a tool result; what the policy replaces is replaced when the whole prompt is judged, so that the reply can have the
    /// user's own values again.
    /// </summary>
    private async Task RefuseInPromptAsync(FunctionInvocationContext context)
    {
        using var turn = new TurnGuard(policies.Take());
        if (await turn.RequestAsync(new ChatMessage(ChatRole.Tool, context.Result.ToString()), context.CancellationToken) is null)
        {
            throw turn.Blocked();
        }
    }
}
