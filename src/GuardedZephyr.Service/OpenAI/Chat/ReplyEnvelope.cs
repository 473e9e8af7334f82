using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>What every part of one reply carries.</summary>
internal sealed record ReplyEnvelope(string Id, long Created, string Model)
{
    public ChatCompletion Completion(ChatResponse response, TurnEnding ending)
    {
        var (content, refusal) = ending.Split(response.Text);
        return new ChatCompletion
        {
            Id = Id,
            Created = Created,
            Model = Model,
            Choices = [new ChatCompletion.Choice { Message = new ChatCompletion.Message { Content = content, Refusal = refusal }, Logprobs = ChoiceLogprobs.From(response), FinishReason = FinishReasons.Of(response.FinishReason) }],
            Usage = Usage.From(response.Usage),
            Guard = ending.Guard,
        };
    }

    public ChatCompletionChunk Chunk(ChatCompletionChunk.Delta delta) => Chunk(new ChatCompletionChunk.ChunkChoice { Delta = delta });

    public ChatCompletionChunk LastChunk(ChatFinishReason? finishReason, TurnEnding ending) =>
        Chunk(new ChatCompletionChunk.ChunkChoice { Delta = new ChatCompletionChunk.Delta(), FinishReason = FinishReasons.Of(finishReason) }) with { Guard = ending.Guard };

    public ChatCompletionChunk UsageChunk(UsageDetails? usage) =>
        new() { Id = Id, Created = Created, Model = Model, Usage = Usage.From(usage) };

    private ChatCompletionChunk Chunk(ChatCompletionChunk.ChunkChoice choice) =>
        new() { Id = Id, Created = Created, Model = Model, Choices = [choice] };
}
