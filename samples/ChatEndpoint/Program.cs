// The guarded model behind an endpoint of one's own: POST /chat with a text, streamed back as it is judged. The service in src/GuardedZephyr.Service speaks OpenAI's API.
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddGuardedZephyr(options => builder.Configuration.GetSection("GuardedZephyr").Bind(options));

var app = builder.Build();
app.MapPost("/chat", async (HttpRequest request, HttpResponse response, IChatClient chat, CancellationToken cancellationToken) =>
{
    string text = await new StreamReader(request.Body).ReadToEndAsync(cancellationToken);
    response.ContentType = "text/plain; charset=utf-8";
    await foreach (var update in chat.GetStreamingResponseAsync(text, cancellationToken: cancellationToken))
    {
        if (update.AdditionalProperties?[GuardReport.Key] is GuardReport { BlockedAt: TurnPart.Request })
        {
            response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        await response.WriteAsync(update.Text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
});

await app.RunAsync();
