using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;
using FunctionResultContent = Microsoft.Extensions.AI.FunctionResultContent;

namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// Judges the arguments and the result of a function that a model without a guard calls. A call that came out of a guard is known again and left alone: its
/// arguments are enforced, and its result passes the guard on its way to the model. What does not pass ends the turn with the policy's refusal as the result.
/// </summary>
internal sealed class GuardAutoFunctionFilter(GuardPolicies policies) : IAutoFunctionInvocationFilter
{
    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        if (GuardedCalls.Contains(context.CallContent))
        {
            await next(context);
            return;
        }

        using var turn = new TurnGuard(policies.Take());
        foreach (ChatMessageContent message in context.ChatHistory.Where(message => message.Role == AuthorRole.User || message.Role == AuthorRole.Assistant))
        {
            await turn.ReadAsync(message.Role == AuthorRole.User ? ChatRole.User : ChatRole.Assistant, message.Content ?? "", context.CancellationToken);
        }

        string id = context.ToolCallId ?? "";
        var call = new FunctionCallContent(id, context.Function.Name, new Dictionary<string, object?>(context.Arguments ?? []));
        if (await turn.CallAsync(call, context.CancellationToken) is not { } enforced)
        {
            Stop(context, turn);
            return;
        }

        Replace(context.Arguments!, enforced.Arguments!);
        await next(context);

        object? value = context.Result.GetValue<object>();
        if (await turn.RequestAsync(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, value)]), context.CancellationToken) is not { } result)
        {
            Stop(context, turn);
        }
        else if (value is not null)
        {
            context.Result = new FunctionResult(context.Function, result.Contents.OfType<FunctionResultContent>().Single().Result, context.Kernel.Culture);
        }
    }

    private static void Replace(KernelArguments arguments, IDictionary<string, object?> enforced)
    {
        foreach (string name in arguments.Select(argument => argument.Key).Except(enforced.Keys).ToArray())
        {
            arguments.Remove(name);
        }

        foreach ((string name, object? value) in enforced)
        {
            arguments[name] = value;
        }
    }

    private static void Stop(AutoFunctionInvocationContext context, TurnGuard turn)
    {
        context.Result = new FunctionResult(context.Function, turn.Refusal, context.Kernel.Culture);
        context.Terminate = true;
    }
}
