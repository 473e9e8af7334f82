// The guarded model in a console: a line is a message, the end of the input is the end. Argument: where to keep the audit log.
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

var services = new ServiceCollection();
services.AddGuardedZephyr(options => options.Audit.Path = args.FirstOrDefault() ?? options.Audit.Path);
await using var provider = services.BuildServiceProvider();
var chat = provider.GetRequiredService<IChatClient>();

var history = new List<ChatMessage>();
Console.Write("> ");
while (Console.ReadLine() is { } line)
{
    history.Add(new ChatMessage(ChatRole.User, line));
    var updates = new List<ChatResponseUpdate>();
    await foreach (var update in chat.GetStreamingResponseAsync(history))
    {
        updates.Add(update);
        Console.Write(update.Text);
    }

    var reply = updates.ToChatResponse();
    if (reply.FinishReason == ChatFinishReason.ContentFilter)
    {
        // Every text of a request is judged: a message that was blocked would block the next turn too.
        history.RemoveAt(history.Count - 1);
        var report = (GuardReport)reply.AdditionalProperties![GuardReport.Key]!;
        Console.Write($" [{string.Join(", ", report.Rules)}]");
    }
    else
    {
        history.AddMessages(reply);
    }

    Console.Write($"{Environment.NewLine}> ");
}

Console.WriteLine();
