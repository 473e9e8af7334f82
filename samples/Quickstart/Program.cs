// The guarded model in a console host, used through Semantic Kernel: as a plugin and as the kernel's own chat service.
using GuardedZephyr.SemanticKernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddGuardedZephyr(options => builder.Configuration.GetSection("GuardedZephyr").Bind(options));
builder.Services.AddKernel().Plugins.AddFromType<GuardPlugin>("guard");

using var host = builder.Build();
await host.StartAsync();
var kernel = host.Services.GetRequiredService<Kernel>();

const string Question = "List 3 synonyms for the word \"tiny\"";
Console.WriteLine($"> {Question}");
Console.WriteLine(await kernel.InvokeAsync<string>("guard", "ask_zephyr", new() { ["question"] = Question }));

const string Private = "My SSN is 536-22-1234 and my card is 4111 1111 1111 1111";
Console.WriteLine($"{Environment.NewLine}What the model would see of a message with personal data:");
Console.WriteLine(await kernel.InvokeAsync<string>("guard", "redact_pii", new() { ["text"] = Private }));

var check = await kernel.InvokeAsync<TextCheck>("guard", "check_text", new() { ["text"] = Private });
Console.WriteLine($"outcome: {check!.Outcome}; rules: {string.Join(", ", check.Rules)}");

Console.WriteLine($"{Environment.NewLine}> {Private}");
await foreach (var part in kernel.InvokePromptStreamingAsync("{{$message}}", new() { ["message"] = Private }))
{
    Console.Write(part);
}

Console.WriteLine();
await host.StopAsync();
