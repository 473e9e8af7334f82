// A chat over Semantic Kernel: streamed, with settings and the guard's plugin. "why TEXT" explains what the guard makes of a text, "hide TEXT" redacts it; any other
// line goes to the model. Argument: where to keep the audit log.
using GuardedZephyr.SemanticKernel;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

var builder = Kernel.CreateBuilder().AddGuardedZephyr(options => options.Audit.Path = args.FirstOrDefault() ?? options.Audit.Path).AddGuardFilters();
builder.Plugins.AddFromType<GuardPlugin>("guard");
var kernel = builder.Build();

var chat = kernel.GetRequiredService<IChatCompletionService>();
var settings = new ZephyrPromptExecutionSettings { Temperature = 0, MaxTokens = 64 };

while (Console.ReadLine() is { } line)
{
    switch (line.Split(' ', 2))
    {
        case ["why", var text]:
            var told = await kernel.InvokeAsync<DecisionExplanation>("guard", "explain_decision", new() { ["text"] = text });
            Console.WriteLine(told!.Summary);
            break;
        case ["hide", var text]:
            Console.WriteLine(await kernel.InvokeAsync<string>("guard", "redact_pii", new() { ["text"] = text }));
            break;
        default:
            await foreach (var part in chat.GetStreamingChatMessageContentsAsync(new ChatHistory { new(AuthorRole.User, line) }, settings, kernel))
            {
                Console.Write(part.Content);
            }

            Console.WriteLine();
            break;
    }
}
