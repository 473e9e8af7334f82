using System.ClientModel;
using System.Text;
using GuardedZephyr.EndToEnd.Tests.Turns;
using OpenAI;
using OpenAI.Chat;

namespace GuardedZephyr.EndToEnd.Tests.Clients;

/// <summary>OpenAI's own .NET client, which throws on whatever it does not expect.</summary>
public sealed class OpenAIDotNetTests(ServiceFixture service)
{
    private static readonly ChatCompletionOptions Greedy = new() { Temperature = 0 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OpenAIClient Client => new(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(service.Http.BaseAddress!, "/v1") });

    [Fact]
    public async Task It_chats_whole_and_streamed()
    {
        var model = (await Client.GetOpenAIModelClient().GetModelsAsync(Cancellation)).Value.Single().Id;
        var chat = Client.GetChatClient(model);

        ChatCompletion whole = await chat.CompleteChatAsync([new UserChatMessage(ChatTests.Question)], Greedy, Cancellation);
        var streamed = new StringBuilder();
        ChatFinishReason? finishReason = null;
        ChatTokenUsage? usage = null;
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage(ChatTests.Question)], Greedy, Cancellation))
        {
            streamed.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            finishReason = update.FinishReason ?? finishReason;
            usage = update.Usage ?? usage;
        }

        Assert.Equal(ChatFinishReason.Stop, whole.FinishReason);
        Assert.NotEmpty(whole.Content[0].Text);
        Assert.Equal(whole.Content[0].Text, streamed.ToString());
        Assert.Equal(ChatFinishReason.Stop, finishReason);
        Assert.Equal(whole.Usage.OutputTokenCount, usage!.OutputTokenCount);
    }

    [Fact]
    public async Task It_tells_a_blocked_prompt_from_other_failures_and_does_not_retry()
    {
        var chat = Client.GetChatClient("zephyr-nano");

        var plain = await Assert.ThrowsAsync<ClientResultException>(() => chat.CompleteChatAsync([new UserChatMessage(ChatTests.Hateful)], cancellationToken: Cancellation));
        var streamed = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            await foreach (var _ in chat.CompleteChatStreamingAsync([new UserChatMessage(ChatTests.Hateful)], cancellationToken: Cancellation))
            {
                Assert.Fail("Nothing may be streamed.");
            }
        });

        Assert.Equal((400, 400), (plain.Status, streamed.Status));
        Assert.Contains("content_filter", plain.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
    }
}
