using GuardedZephyr.SemanticKernel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.SemanticKernel;

namespace GuardedZephyr.Tests.Readme;

/// <summary>The README's C# examples, word for word, so that they compile. <see cref="ReadmeTests"/> compares and runs them.</summary>
internal static class ReadmeExamples
{
    public static async Task HostAppAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddGuardedZephyr(options => options.Model.Path = "models/zephyr-nano");

        using var host = builder.Build();
        await host.StartAsync();

        var chat = host.Services.GetRequiredService<IChatClient>();
        await foreach (var update in chat.GetStreamingResponseAsync("List 3 synonyms for the word \"tiny\""))
        {
            Console.Write(update.Text);
        }
    }

    public static async Task<(string? Answer, string? Redacted)> SemanticKernelAsync()
    {
        var kernelBuilder = Kernel.CreateBuilder().AddGuardedZephyr();
        kernelBuilder.Plugins.AddFromType<GuardPlugin>("guard");
        var kernel = kernelBuilder.Build();

        var answer = await kernel.InvokePromptAsync("Hello, who are you?");
        var redacted = await kernel.InvokeAsync<string>("guard", "redact_pii", new() { ["text"] = "Write to ada@example.com" });
        return (answer.ToString(), redacted);
    }

    public static void AnotherModel(IServiceCollection services, IChatClient anyChatClient)
    {
        services.AddGuardrails();
        services.AddChatClient(anyChatClient).UseGuardrails();
    }
}
