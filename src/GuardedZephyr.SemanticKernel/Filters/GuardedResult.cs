using System.Globalization;
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using TextContent = Microsoft.SemanticKernel.TextContent;

namespace GuardedZephyr.SemanticKernel;

/// <summary>Reads and makes the results of prompt functions.</summary>
internal static class GuardedResult
{
    /// <summary>A result that says this text and carries nothing else along but the guard's report.</summary>
    public static FunctionResult Of(KernelFunction function, CultureInfo culture, string text, GuardReport report)
    {
        var metadata = new Dictionary<string, object?> { [GuardReport.Key] = report };
        return new FunctionResult(function, new ChatMessageContent(AuthorRole.Assistant, text, metadata: metadata), culture, metadata);
    }

    /// <returns>Null when the result holds something that is not text.</returns>
    public static string? TextOf(FunctionResult result) => result.GetValue<object>() switch
    {
        null => "",
        string text => text,
        TextContent text => text.Text ?? "",
        ChatMessageContent message => message.Items.All(item => item is TextContent) ? string.Concat(message.Items.OfType<TextContent>().Select(item => item.Text)) : null,
        ChatResponse response => response.Messages.SelectMany(message => message.Contents).All(content => content is Microsoft.Extensions.AI.TextContent) ? response.Text : null,
        _ => null,
    };
}
