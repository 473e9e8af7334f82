using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>What the guard lets out besides text, and how others know it again.</summary>
public sealed class ReleasedCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_known_again_as_one_that_the_guard_released(bool streaming)
    {
        FunctionCallContent asked = Call();

        ChatResponse reply = await AskAsync(streaming, asked);

        FunctionCallContent released = Assert.Single(Calls(reply));
        Assert.True(GuardedCalls.Contains(released));
        Assert.False(GuardedCalls.Contains(asked));
        Assert.False(GuardedCalls.Contains(new FunctionCallContent(released.CallId, released.Name, released.Arguments)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_in_the_middle_of_a_value_does_not_hide_it(bool streaming)
    {
        ChatResponse reply = await AskAsync(streaming, new TextContent("Her SSN is 536-22"), Call(), new TextContent("-1234."));

        Assert.Equal("Her SSN is [US_SSN].", reply.Text);
        Assert.Single(Calls(reply));
    }

    [Theory]
    [InlineData("I will not write to ada@example.com", "I will not write to [EMAIL_ADDRESS]")]
    [InlineData("You BADWORD", Some.Refusal)]
    public async Task A_refusal_of_the_provider_is_judged_as_text(string message, string released)
    {
        foreach (bool streaming in new[] { false, true })
        {
            ChatResponse reply = await AskAsync(streaming, new ErrorContent(message));

            Assert.Equal(released, reply.Text);
        }
    }

    private static FunctionCallContent Call() => new("call_1", "send", new Dictionary<string, object?> { ["to"] = "x" });

    private static IEnumerable<FunctionCallContent> Calls(ChatResponse reply) => reply.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>();

    private static async Task<ChatResponse> AskAsync(bool streaming, params AIContent[] contents)
    {
        using var client = new GuardrailsChatClient(new ContentChatClient(contents), Some.Pipeline());
        return streaming
            ? await client.GetStreamingResponseAsync("Send it", cancellationToken: Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync("Send it", cancellationToken: Cancellation);
    }
}
