using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GuardedZephyr.Inference.Chat;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace GuardedZephyr.SemanticKernel;

/// <summary>How the model samples its reply, for prompts and chat requests of a kernel. What is not set is as the model's folder says.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed class ZephyrPromptExecutionSettings : PromptExecutionSettings
{
    private const string FunctionChoiceKey = "function_choice_behavior";

    private static readonly string[] _keys = [.. typeof(ZephyrPromptExecutionSettings).GetProperties()
        .Select(property => property.GetCustomAttributes(typeof(JsonPropertyNameAttribute), inherit: true).OfType<JsonPropertyNameAttribute>().SingleOrDefault()?.Name)
        .OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>From 0, which is greedy, to 10.</summary>
    [JsonPropertyName("temperature"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? Temperature { get; set => Set(ref field, value); }

    /// <summary>Samples from the smallest set of tokens whose probabilities reach this; from 0 to 1.</summary>
    [JsonPropertyName("top_p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? TopP { get; set => Set(ref field, value); }

    /// <summary>Samples from this many of the likeliest tokens; 0 is all.</summary>
    [JsonPropertyName("top_k"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TopK { get; set => Set(ref field, value); }

    /// <summary>Leaves out tokens less likely than this share of the likeliest one; from 0 to 1.</summary>
    [JsonPropertyName("min_p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? MinP { get; set => Set(ref field, value); }

    /// <summary>Makes tokens of prompt and reply less likely; over 0 and at most 10, 1 is none.</summary>
    [JsonPropertyName("repetition_penalty"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? RepetitionPenalty { get; set => Set(ref field, value); }

    /// <summary>From -2 to 2.</summary>
    [JsonPropertyName("presence_penalty"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? PresencePenalty { get; set => Set(ref field, value); }

    /// <summary>From -2 to 2.</summary>
    [JsonPropertyName("frequency_penalty"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? FrequencyPenalty { get; set => Set(ref field, value); }

    /// <summary>The longest reply, in tokens; at least 1.</summary>
    [JsonPropertyName("max_tokens"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTokens { get; set => Set(ref field, value); }

    /// <summary>The same seed, prompt and settings give the same reply.</summary>
    [JsonPropertyName("seed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seed { get; set => Set(ref field, value); }

    /// <summary>The reply ends before any of these; none is empty.</summary>
    [JsonPropertyName("stop_sequences"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IList<string>? StopSequences { get; set => Set(ref field, value); }

    /// <summary>Reads settings of any kind, of a prompt file say.</summary>
    /// <returns>Null for none.</returns>
    /// <exception cref="ArgumentException">A setting is not known, is of the wrong kind or out of range; the message names each.</exception>
    public static ZephyrPromptExecutionSettings? FromExecutionSettings(PromptExecutionSettings? settings)
    {
        if (settings is null or ZephyrPromptExecutionSettings)
        {
            return (settings as ZephyrPromptExecutionSettings)?.Checked();
        }

        var given = (JsonObject)JsonSerializer.SerializeToNode(settings, settings.GetType())!;
        given.Remove(FunctionChoiceKey);
        ZephyrPromptExecutionSettings read;
        try
        {
            read = given.Deserialize<ZephyrPromptExecutionSettings>()!;
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The execution setting '{exception.Path?.TrimStart('$', '.')}' is of the wrong kind: numbers are asked for, and strings for stop_sequences.", nameof(settings));
        }

        read.FunctionChoiceBehavior = settings.FunctionChoiceBehavior;
        return read.Checked();
    }

    public override PromptExecutionSettings Clone() => new ZephyrPromptExecutionSettings
    {
        ModelId = ModelId,
        ServiceId = ServiceId,
        FunctionChoiceBehavior = FunctionChoiceBehavior,
        ExtensionData = ExtensionData is null ? null : new Dictionary<string, object>(ExtensionData),
        Temperature = Temperature,
        TopP = TopP,
        TopK = TopK,
        MinP = MinP,
        RepetitionPenalty = RepetitionPenalty,
        PresencePenalty = PresencePenalty,
        FrequencyPenalty = FrequencyPenalty,
        MaxTokens = MaxTokens,
        Seed = Seed,
        StopSequences = StopSequences is null ? null : [.. StopSequences],
    };

    public override void Freeze()
    {
        if (!IsFrozen)
        {
            StopSequences = StopSequences?.AsReadOnly();
            base.Freeze();
        }
    }

    /// <summary>The kernel's own translation goes by key and guesses at types; this one is exact.</summary>
    protected override void PrepareChatOptionsForRequest(ChatOptions options)
    {
        options.Temperature = Temperature;
        options.TopP = TopP;
        options.TopK = TopK;
        options.PresencePenalty = PresencePenalty;
        options.FrequencyPenalty = FrequencyPenalty;
        options.MaxOutputTokens = MaxTokens;
        options.Seed = Seed;
        options.StopSequences = StopSequences;
        options.AdditionalProperties = [];
        if (MinP is { } minP)
        {
            options.AdditionalProperties[ChatOptionKeys.MinP] = minP;
        }

        if (RepetitionPenalty is { } penalty)
        {
            options.AdditionalProperties[ChatOptionKeys.RepetitionPenalty] = penalty;
        }
    }

    private ZephyrPromptExecutionSettings Checked()
    {
        string[] unknown = [.. (ExtensionData ?? new Dictionary<string, object>()).Where(data => data.Value is not (null or JsonElement { ValueKind: JsonValueKind.Null })).Select(data => data.Key)];
        string?[] problems =
        [
            unknown.Length == 0 ? null : $"{string.Join(", ", unknown)}: not known, known are {string.Join(", ", _keys)}",
            Problem("temperature", Temperature is null or (>= 0 and <= 10), "from 0 to 10"),
            Problem("top_p", TopP is null or (>= 0 and <= 1), "from 0 to 1"),
            Problem("top_k", TopK is null or >= 0, "0 or more"),
            Problem("min_p", MinP is null or (>= 0 and <= 1), "from 0 to 1"),
            Problem("repetition_penalty", RepetitionPenalty is null or (> 0 and <= 10), "over 0 and at most 10"),
            Problem("presence_penalty", PresencePenalty is null or (>= -2 and <= 2), "from -2 to 2"),
            Problem("frequency_penalty", FrequencyPenalty is null or (>= -2 and <= 2), "from -2 to 2"),
            Problem("max_tokens", MaxTokens is null or >= 1, "1 or more"),
            Problem("stop_sequences", StopSequences?.Any(string.IsNullOrEmpty) != true, "strings that are not empty"),
        ];
        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? this : throw new ArgumentException($"The execution settings cannot be used: {string.Join("; ", found)}.");
    }

    private static string? Problem(string key, bool holds, string wanted) => holds ? null : $"{key} must be {wanted}";

    private void Set<T>(ref T field, T value)
    {
        ThrowIfFrozen();
        field = value;
    }
}
