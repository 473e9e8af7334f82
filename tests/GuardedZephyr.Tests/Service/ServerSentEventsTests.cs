using System.Text;
using GuardedZephyr.Service.OpenAI;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Service;

public sealed class ServerSentEventsTests
{
    [Fact]
    public async Task A_silence_of_ten_seconds_is_broken_by_a_comment()
    {
        var time = new FakeTimeProvider();
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        var events = new ServerSentEvents(context.Response, time);
        var next = new TaskCompletionSource<bool>();

        var waiting = events.KeepAliveUntilAsync(new ValueTask<bool>(next.Task));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(events.HasStarted);
        time.Advance(TimeSpan.FromSeconds(1));
        next.SetResult(true);

        Assert.True(await waiting);
        Assert.Equal(": ping\n\n", Encoding.UTF8.GetString(body.ToArray()));
    }
}
