using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;

namespace HostedChat;

/// <summary>Answers the tickets that come in, one a line, until there are no more.</summary>
internal sealed class TicketWorker(IChatClient chat, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int number = 0;
        while (await Console.In.ReadLineAsync(stoppingToken) is { } ticket)
        {
            ChatResponse answer = await chat.GetResponseAsync(ticket, cancellationToken: stoppingToken);
            string state = answer.FinishReason == ChatFinishReason.ContentFilter ? "for a person" : "answered";
            Console.WriteLine($"{++number} {state}: {answer.Text}");
        }

        lifetime.StopApplication();
    }
}
