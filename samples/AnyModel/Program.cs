// The same guard around any chat client: yours takes the place of EchoChatClient. Argument: where to keep the audit log.
using AnyModel;
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

var settings = new GuardrailsOptions();
settings.Audit.Path = args.FirstOrDefault() ?? settings.Audit.Path;

var services = new ServiceCollection();
services.AddGuardrails(settings);
services.AddChatClient(new EchoChatClient()).UseGuardrails(configure: options => options.ThrowOnBlock = true);
await using var provider = services.BuildServiceProvider();
var chat = provider.GetRequiredService<IChatClient>();

while (Console.ReadLine() is { } line)
{
    try
    {
        Console.WriteLine((await chat.GetResponseAsync(line)).Text);
    }
    catch (GuardBlockedException blocked)
    {
        Console.WriteLine($"blocked by {string.Join(", ", blocked.Report.Rules)}: {blocked.Refusal}");
    }
}
