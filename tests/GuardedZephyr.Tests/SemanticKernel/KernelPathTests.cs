using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace GuardedZephyr.Tests.SemanticKernel;

/// <summary>Every way that a kernel offers to talk to the model goes through the guard, in both directions.</summary>
public class KernelPathTests
{
    private const string Asked = "My SSN is 536-22-1234";

    private const string Key = "small";

    private static readonly PromptExecutionSettings _keyed = new() { ServiceId = Key };

    private static readonly Dictionary<string, Func<Kernel, string, CancellationToken, Task<string>>> _ask = new()
    {
        ["InvokePromptAsync"] = async (kernel, text, token) => (await kernel.InvokePromptAsync("{{$text}}", new() { ["text"] = text }, cancellationToken: token)).ToString(),
        ["InvokePromptStreamingAsync"] = async (kernel, text, token) => await JoinAsync(kernel.InvokePromptStreamingAsync("{{$text}}", new() { ["text"] = text }, cancellationToken: token)),
        ["GetChatMessageContentAsync"] = async (kernel, text, token) => (await Service(kernel).GetChatMessageContentAsync(text, kernel: kernel, cancellationToken: token)).Content!,
        ["GetStreamingChatMessageContentsAsync"] = async (kernel, text, token) => await JoinAsync(Service(kernel).GetStreamingChatMessageContentsAsync(text, kernel: kernel, cancellationToken: token)),
        ["IChatClient"] = async (kernel, text, token) => (await kernel.GetRequiredService<IChatClient>().GetResponseAsync(text, cancellationToken: token)).Text,
        ["IChatClient streamed"] = async (kernel, text, token) => (await kernel.GetRequiredService<IChatClient>().GetStreamingResponseAsync(text, cancellationToken: token).ToChatResponseAsync(token)).Text,
        ["keyed service"] = async (kernel, text, token) => (await kernel.InvokePromptAsync("{{$text}}", new(_keyed) { ["text"] = text }, cancellationToken: token)).ToString(),
        ["keyed service streamed"] = async (kernel, text, token) => await JoinAsync(kernel.InvokePromptStreamingAsync("{{$text}}", new(_keyed) { ["text"] = text }, cancellationToken: token)),
        ["keyed IChatClient"] = async (kernel, text, token) => (await kernel.GetRequiredService<IChatClient>(Key).GetResponseAsync(text, cancellationToken: token)).Text,
        ["chat client of the kernel's own"] = async (kernel, text, token) => (await new Kernel(Only(kernel.GetRequiredService<IChatClient>())).InvokePromptAsync("{{$text}}", new() { ["text"] = text }, cancellationToken: token)).ToString(),
        ["chat client of the service"] = async (kernel, text, token) => (await Service(kernel).AsChatClient().GetResponseAsync(text, cancellationToken: token)).Text,
        ["the client that GetService gives"] = async (kernel, text, token) => (await kernel.GetRequiredService<IChatClient>().GetService<IChatClient>()!.GetResponseAsync(text, cancellationToken: token)).Text,
        ["ask_zephyr"] = async (kernel, text, token) => (await kernel.InvokeAsync<string>("guard", "ask_zephyr", new() { ["question"] = text }, token))!,
    };

    public static TheoryData<string> Paths => [.. _ask.Keys];

    public static MatrixTheoryData<string, bool> PathsWithFilters => new(_ask.Keys, [false, true]);

    [Theory]
    [MemberData(nameof(PathsWithFilters))]
    public async Task Personal_data_passes_in_neither_direction(string path, bool withFilters)
    {
        var model = new ScriptedChatClient("Call 536-22", "-1234 or write to ada@example.com.");

        string reply = await _ask[path](KernelAround(model, withFilters: withFilters), Asked, TestContext.Current.CancellationToken);

        Assert.Equal(["user: My SSN is [US_SSN]"], model.Received);
        Assert.Equal("Call [US_SSN] or write to [EMAIL_ADDRESS].", reply);
    }

    [Theory]
    [MemberData(nameof(PathsWithFilters))]
    public async Task A_harmful_request_does_not_reach_the_model(string path, bool withFilters)
    {
        var model = new ScriptedChatClient("unreachable");

        string reply = await _ask[path](KernelAround(model, withFilters: withFilters), "You BADWORD", TestContext.Current.CancellationToken);

        Assert.Empty(model.Received);
        Assert.Equal(Some.Refusal, reply);
    }

    [Theory]
    [MemberData(nameof(PathsWithFilters))]
    public async Task A_harmful_reply_does_not_reach_the_caller(string path, bool withFilters)
    {
        string reply = await _ask[path](KernelAround(new ScriptedChatClient("You BAD", "WORD"), withFilters: withFilters), "Hello", TestContext.Current.CancellationToken);

        Assert.Equal(Some.Refusal, reply);
    }

    [Fact]
    public async Task The_plugin_checks_and_redacts_texts()
    {
        Kernel kernel = KernelAround(new ScriptedChatClient());

        var check = await kernel.InvokeAsync<TextCheck>("guard", "check_text", new() { ["text"] = Asked, ["direction"] = "output" }, TestContext.Current.CancellationToken);
        string? redacted = await kernel.InvokeAsync<string>("guard", "redact_pii", new() { ["text"] = Asked }, TestContext.Current.CancellationToken);

        Assert.Equal(("modified", "redact", "My SSN is [US_SSN]"), (check!.Outcome, check.Action, check.Text));
        Assert.Equal("My SSN is [US_SSN]", redacted);
    }

    [Theory]
    [MemberData(nameof(PathsWithFilters))]
    public async Task Pseudonyms_are_turned_back_on_every_path(string path, bool withFilters)
    {
        var model = new ScriptedChatClient("You are <EMAIL_ADD", "RESS_1>.");
        Kernel kernel = KernelAround(model, Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")), withFilters);

        string reply = await _ask[path](kernel, "I am ada@example.com", TestContext.Current.CancellationToken);

        Assert.Equal(["user: I am <EMAIL_ADDRESS_1>"], model.Received);
        Assert.Equal("You are ada@example.com.", reply);
    }

    [Theory]
    [InlineData(RuleAction.Pseudonymise, "I am <EMAIL_ADDRESS_1>")]
    [InlineData(RuleAction.Mask, "I am ***@*******.***")]
    [InlineData(RuleAction.Redact, "I am [EMAIL_ADDRESS]")]
    public async Task The_plugin_redacts_as_the_policy_says(RuleAction action, string redacted)
    {
        Kernel kernel = KernelAround(new ScriptedChatClient(), Some.Policy(Some.Operator(action, "EMAIL_ADDRESS")));

        Assert.Equal(redacted, await kernel.InvokeAsync<string>("guard", "redact_pii", new() { ["text"] = "I am ada@example.com" }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Filters_judge_no_text_a_second_time(string path)
    {
        var detector = new WordDetector("BADWORD", "insult");
        Kernel kernel = KernelAround(new ScriptedChatClient("Fine, thank you."), withFilters: true, detectors: [.. Some.PolicyDetectors, detector]);

        await _ask[path](kernel, "How are you?", TestContext.Current.CancellationToken);

        Assert.Equal(["How are you?", "Fine, thank you."], detector.Shown);
    }

    [Fact]
    public async Task A_block_shows_in_the_metadata_of_a_reply()
    {
        IChatCompletionService service = Service(KernelAround(new ScriptedChatClient("unreachable")));

        ChatMessageContent whole = await service.GetChatMessageContentAsync("You BADWORD", cancellationToken: TestContext.Current.CancellationToken);
        StreamingChatMessageContent last = await service.GetStreamingChatMessageContentsAsync("You BADWORD", cancellationToken: TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);

        Assert.Equal("content_filter", whole.Metadata![ReportingChatClient.FinishReasonKey]);
        Assert.Equal(Some.Refusal, whole.Metadata[GuardrailsChatClient.RefusalKey]);
        Assert.Equal(TurnPart.Request, Assert.IsType<GuardReport>(whole.Metadata[GuardReport.Key]).BlockedAt);
        Assert.Equal(TurnPart.Request, Assert.IsType<GuardReport>(last.Metadata![GuardReport.Key]).BlockedAt);
    }

    [Fact]
    public void A_client_without_a_guard_is_not_taken_for_a_guarded_one() =>
        Assert.Throws<ArgumentException>(() => new ScriptedChatClient().AsGuardedChatCompletionService());

    /// <summary>The guarded model without a key and under one, with the stage that runs functions outside of the guard.</summary>
    private static Kernel KernelAround(IChatClient model, Policy? policy = null, bool withFilters = false, IEnumerable<IDetector>? detectors = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(GuardPolicies.Of(Some.Pipeline(policy: policy, detectors: detectors)));
        foreach (string? key in (string?[])[Key, null])
        {
            builder.Services.AddKeyedSingleton(key, (provider, _) => model.AsBuilder().UseKernelFunctionInvocation().UseGuardrails().Build(provider));
            builder.Services.AddKeyedSingleton(key, (provider, _) => provider.GetRequiredKeyedService<IChatClient>(key).AsGuardedChatCompletionService(provider));
        }

        builder.Plugins.AddFromType<GuardPlugin>("guard");
        if (withFilters)
        {
            builder.AddGuardFilters();
        }

        return builder.Build();
    }

    private static ServiceProvider Only(IChatClient client) => new ServiceCollection().AddSingleton(client).BuildServiceProvider();

    private static IChatCompletionService Service(Kernel kernel) => kernel.GetRequiredService<IChatCompletionService>();

    private static async Task<string> JoinAsync<T>(IAsyncEnumerable<T> parts) => string.Concat(await parts.Select(part => part?.ToString()).ToListAsync());
}
