using System.Globalization;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Inference.Tokenization;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Inference.Chat;

/// <summary>Translates a chat request into a generation request, and refuses what the model cannot do.</summary>
internal static class ChatRequest
{
    public static GenerationRequest Create(DecodeEngine engine, IReadOnlyList<ChatMessage> messages, ReplyBeginning beginning, ChatOptions? options)
    {
        Refuse(options);
        var turns = messages.Select(Turn).ToList();
        if (beginning != ReplyBeginning.None)
        {
            turns.RemoveAt(turns.Count - 1);
        }

        if (turns.Count == 0)
        {
            throw new ArgumentException("A chat request needs at least one message.", nameof(messages));
        }

        if (!string.IsNullOrEmpty(options?.Instructions))
        {
            turns.Insert(0, new ChatTurn(TurnRole.System, options.Instructions));
        }

        var prompt = ChatFormat.Encode(engine.Tokenizer, turns);
        var written = engine.Tokenizer.Encode(beginning.Text);
        prompt.AddRange(written);
        return new GenerationRequest
        {
            Prompt = prompt,
            ReplyStart = written.Count,
            NotFirst = NotFirst(engine.Tokenizer, beginning, options),
            Sampling = Sampling(engine.Model.Sampling, options),
            MaxTokens = options?.MaxOutputTokens is { } limit ? Math.Max(1, limit - written.Count) : null,
            StopStrings = [.. options?.StopSequences ?? []],
            TopLogprobs = TopLogprobs(options?.AdditionalProperties),
        };
    }

    private static void Refuse(ChatOptions? options)
    {
        if (options is { Tools.Count: > 0, ToolMode: not NoneChatToolMode })
        {
            throw new NotSupportedException(
                "This model cannot call tools. Send the request without tools (in Semantic Kernel: without FunctionChoiceBehavior, or with FunctionChoiceBehavior.None()), call the functions yourself, or put the guard around a model that can, with UseGuardrails.");
        }

        if (options?.ResponseFormat is ChatResponseFormatJson)
        {
            throw new NotSupportedException("JSON output cannot be guaranteed by this model; ask for text.");
        }

        if (options?.ConversationId is not null)
        {
            throw new NotSupportedException("Conversations are not kept here; send the whole conversation and no conversation id.");
        }
    }

    private static ChatTurn Turn(ChatMessage message, int index)
    {
        if (message.Contents.FirstOrDefault(content => content is not TextContent) is { } content)
        {
            throw new NotSupportedException($"Message {index} holds {content.GetType().Name}; StableLM Zephyr reads text only.");
        }

        return new ChatTurn(Role(message.Role, index), message.Text);
    }

    private static TurnRole Role(ChatRole role, int index) =>
        role == ChatRole.User ? TurnRole.User
        : role == ChatRole.Assistant ? TurnRole.Assistant
        : role == ChatRole.System ? TurnRole.System
        : throw new ArgumentException($"Message {index} has a role that the chat format does not know; use system, user or assistant.");

    private static SamplingSettings Sampling(SamplingSettings defaults, ChatOptions? options) => options is null ? defaults : defaults with
    {
        Temperature = options.Temperature ?? defaults.Temperature,
        TopP = options.TopP ?? defaults.TopP,
        TopK = options.TopK ?? defaults.TopK,
        Seed = options.Seed ?? defaults.Seed,
        PresencePenalty = options.PresencePenalty ?? defaults.PresencePenalty,
        FrequencyPenalty = options.FrequencyPenalty ?? defaults.FrequencyPenalty,
        MinP = Number(options, ChatOptionKeys.MinP) ?? defaults.MinP,
        RepetitionPenalty = Number(options, ChatOptionKeys.RepetitionPenalty) ?? defaults.RepetitionPenalty,
        LogitBias = options.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.LogitBias) as IReadOnlyDictionary<int, float> ?? defaults.LogitBias,
    };

    /// <summary>The tokens that texts to avoid begin with, behind the beginning's spaces or without them.</summary>
    private static HashSet<int> NotFirst(BytePairTokenizer tokenizer, ReplyBeginning beginning, ChatOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.NotBeginning) is IReadOnlyList<string> texts
            ? [.. texts.SelectMany(text => tokenizer.StartsOf(text).Concat(tokenizer.StartsOf(new string(' ', beginning.Spaces) + text)))]
            : [];

    private static float? Number(ChatOptions options, string key) =>
        options.AdditionalProperties?.GetValueOrDefault(key) is IConvertible number ? number.ToSingle(CultureInfo.InvariantCulture) : null;

    private static int? TopLogprobs(AdditionalPropertiesDictionary? properties) =>
        properties?.GetValueOrDefault(ChatOptionKeys.Logprobs) is not true ? null
        : properties.GetValueOrDefault(ChatOptionKeys.TopLogprobs) is int top ? top
        : 0;
}
