using System.Net;
using System.Text;
using System.Xml;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.SemanticKernel;

/// <summary>
/// A rendered prompt as Semantic Kernel reads it: one user message, or <c>&lt;message role="…"&gt;</c> elements whose text is HTML-encoded. Judged is what the model would
/// see, not its encoding.
/// </summary>
internal static class RenderedPrompt
{
    /// <returns>The prompt to send; the same text when nothing changes; null when it does not pass.</returns>
    public static async ValueTask<string?> EnforceAsync(string prompt, TurnGuard turn, CancellationToken cancellationToken)
    {
        if (Messages(prompt) is not { } messages)
        {
            string? enforced = (await turn.RequestAsync(new ChatMessage(ChatRole.User, prompt), cancellationToken))?.Text;

            // What took the place of something must not turn a text into messages.
            return enforced is null || Messages(enforced) is null ? enforced : throw new InvalidOperationException("The enforced prompt would be read as other messages than the rendered one, so it is not sent.");
        }

        bool isChanged = false;
        var rebuilt = new StringBuilder();
        foreach (XmlElement message in messages)
        {
            string role = message.GetAttribute("role");
            if (TextOf(message) is not { } text)
            {
                await turn.RefuseAsync(TurnPart.Request, Direction.Input, cancellationToken);
                return null;
            }

            if ((await turn.RequestAsync(new ChatMessage(new ChatRole(role), text), cancellationToken))?.Text is not { } enforced)
            {
                return null;
            }

            isChanged |= enforced != text;
            rebuilt.Append("<message role=\"").Append(WebUtility.HtmlEncode(role)).Append("\">").Append(WebUtility.HtmlEncode(enforced)).Append("</message>");
        }

        return isChanged ? rebuilt.ToString() : prompt;
    }

    /// <returns>Null when the prompt is one text.</returns>
    private static XmlElement[]? Messages(string prompt)
    {
        if (!prompt.Contains("<message", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        try
        {
            document.LoadXml($"<root>{prompt}</root>");
        }
        catch (XmlException)
        {
            return null;
        }

        XmlElement[] messages = [.. document.DocumentElement!.ChildNodes.OfType<XmlElement>()
            .Where(element => element.Name.Equals("message", StringComparison.OrdinalIgnoreCase) && element.HasAttribute("role"))];
        return messages.Length == 0 ? null : messages;
    }

    /// <returns>Null when the message holds something that is not text.</returns>
    private static string? TextOf(XmlElement message)
    {
        XmlElement[] parts = [.. message.ChildNodes.OfType<XmlElement>()];
        if (parts.Any(part => part.Name.ToUpperInvariant() is "IMAGE" or "AUDIO" or "BINARY"))
        {
            return null;
        }

        XmlElement[] texts = [.. parts.Where(part => part.Name.Equals("text", StringComparison.OrdinalIgnoreCase))];
        return texts.Length == 0 ? Decoded(message) : string.Join('\n', texts.Select(Decoded));
    }

    private static string Decoded(XmlElement element) =>
        WebUtility.HtmlDecode((element.ChildNodes.OfType<XmlNode>().FirstOrDefault(node => node.NodeType != XmlNodeType.Whitespace) is XmlCDataSection ? element.InnerText : element.InnerXml).Trim());
}
