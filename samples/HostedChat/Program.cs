// The guarded model in a host: settings from appsettings.json, the environment (GuardedZephyr__Policy__Path ...) or the command line, the model loaded and
// warmed at start-up, the chat client injected where it is used.
using HostedChat;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddGuardedZephyr(options => builder.Configuration.GetSection("GuardedZephyr").Bind(options));
builder.Services.AddHostedService<TicketWorker>();

await builder.Build().RunAsync();
