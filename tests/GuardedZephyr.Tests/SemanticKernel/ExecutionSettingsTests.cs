using System.Text.Json;
using GuardedZephyr.Inference.Chat;
using GuardedZephyr.SemanticKernel;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace GuardedZephyr.Tests.SemanticKernel;

public class ExecutionSettingsTests
{
    private const string Json = """
        { "service_id": "small", "temperature": 0.5, "top_p": "0.9", "top_k": 40, "min_p": 0.05, "repetition_penalty": 1.1, "presence_penalty": -1,
          "frequency_penalty": 2, "max_tokens": 64, "seed": 9007199254740993, "stop_sequences": ["END", "\n\n"], "user": null }
        """;

    [Fact]
    public async Task Every_setting_of_a_prompt_file_reaches_the_model_as_it_was_written()
    {
        var model = new ScriptedChatClient("Hi.");
        var read = ZephyrPromptExecutionSettings.FromExecutionSettings(JsonSerializer.Deserialize<PromptExecutionSettings>(Json));

        await model.AsChatCompletionService().GetChatMessageContentAsync("Hello", read, cancellationToken: TestContext.Current.CancellationToken);

        ChatOptions options = model.Options!;
        Assert.Equal((0.5f, 0.9f, 40, 64, 9007199254740993L), (options.Temperature, options.TopP, options.TopK, options.MaxOutputTokens, options.Seed));
        Assert.Equal((-1f, 2f), (options.PresencePenalty, options.FrequencyPenalty));
        Assert.Equal(["END", "\n\n"], options.StopSequences);
        Assert.Equal(
            [(ChatOptionKeys.MinP, (object?)0.05f), (ChatOptionKeys.RepetitionPenalty, 1.1f)],
            options.AdditionalProperties!.OrderBy(property => property.Key).Select(property => (property.Key, property.Value)));
        Assert.Equal("small", read!.ServiceId);
    }

    [Fact]
    public async Task What_is_not_set_is_left_to_the_model()
    {
        var model = new ScriptedChatClient("Hi.");

        await model.AsChatCompletionService().GetChatMessageContentAsync("Hello", new ZephyrPromptExecutionSettings(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((null, null, null, null), (model.Options!.Temperature, model.Options.TopK, model.Options.Seed, model.Options.StopSequences));
        Assert.Empty(model.Options.AdditionalProperties!);
        Assert.Null(ZephyrPromptExecutionSettings.FromExecutionSettings(null));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_without_the_values()
    {
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["temperature"] = 77, ["heat"] = "536-22-1234", ["max_tokens"] = 0, ["stop_sequences"] = new[] { "" }, ["min_p"] = 2 } };

        var told = Assert.Throws<ArgumentException>(() => ZephyrPromptExecutionSettings.FromExecutionSettings(settings));

        Assert.Equal(
            "The execution settings cannot be used: heat: not known, known are frequency_penalty, function_choice_behavior, max_tokens, min_p, model_id, presence_penalty, "
            + "repetition_penalty, seed, service_id, stop_sequences, temperature, top_k, top_p; temperature must be from 0 to 10; min_p must be from 0 to 1; max_tokens must be 1 or more; "
            + "stop_sequences must be strings that are not empty.",
            told.Message);
    }

    [Fact]
    public void A_setting_of_the_wrong_kind_is_named()
    {
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["top_k"] = "536-22-1234" } };

        var told = Assert.Throws<ArgumentException>(() => ZephyrPromptExecutionSettings.FromExecutionSettings(settings));

        Assert.Contains("'top_k'", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("536", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_says_the_same_and_frozen_settings_stay_as_they_are()
    {
        ZephyrPromptExecutionSettings settings = ZephyrPromptExecutionSettings.FromExecutionSettings(JsonSerializer.Deserialize<PromptExecutionSettings>(Json))!;
        settings.FunctionChoiceBehavior = FunctionChoiceBehavior.Auto();

        var copy = (ZephyrPromptExecutionSettings)settings.Clone();
        settings.Freeze();

        Assert.Equal(JsonSerializer.Serialize(settings), JsonSerializer.Serialize(copy));
        Assert.Same(settings.FunctionChoiceBehavior, copy.FunctionChoiceBehavior);
        Assert.Throws<InvalidOperationException>(() => settings.Temperature = 1);
        Assert.Throws<NotSupportedException>(() => settings.StopSequences!.Add("more"));
        copy.Temperature = 1;
    }
}
