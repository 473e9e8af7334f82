using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>Writes a response as server-sent events, in OpenAI's shape: one <c>data:</c> line an event, each flushed at once.</summary>
internal sealed class ServerSentEvents(HttpResponse response, TimeProvider time)
{
    /// <summary>Proxies and clients give up on a silent connection after 30 to 60 s.</summary>
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(10);

    public bool HasStarted { get; private set; }

    public Task SendAsync<T>(T message, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        WriteAsync("data: "u8, JsonSerializer.SerializeToUtf8Bytes(message, type), cancellationToken);

    public Task SendDoneAsync(CancellationToken cancellationToken) => WriteAsync("data: "u8, "[DONE]"u8, cancellationToken);

    /// <summary>Waits for the next thing to send; while there is none, comments keep the connection alive.</summary>
    public async Task<T> KeepAliveUntilAsync<T>(ValueTask<T> next)
    {
        if (next.IsCompleted)
        {
            return await next;
        }

        var task = next.AsTask();
        while (true)
        {
            try
            {
                return await task.WaitAsync(PingAfter, time);
            }
            catch (TimeoutException) when (!task.IsCompleted)
            {
                await WriteAsync(": "u8, "ping"u8, CancellationToken.None);
            }
        }
    }

    private Task<FlushResult> WriteAsync(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, CancellationToken cancellationToken)
    {
        Start();
        var writer = response.BodyWriter;
        writer.Write(field);
        writer.Write(value);
        writer.Write("\n\n"u8);
        return writer.FlushAsync(cancellationToken).AsTask();
    }

    private void Start()
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
