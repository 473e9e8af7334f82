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

    private static readonly Dictionary<string, Func<Kernel, string, CancellationToken, Task<string>>> _ask = new()
    {
        ["InvokePromptAsync"] = async (kernel, text, token) => (await kernel.InvokePromptAsync("{{$text}}", new() { ["text"] = text }, cancellationToken: token)).ToString(),
        ["InvokePromptStreamingAsync"] = async (kernel, text, token) => await JoinAsync(kernel.InvokePromptStreamingAsync("{{$text}}", new() { ["text"] = text }, cancellationToken: token)),
        ["GetChatMessageContentAsync"] = async (kernel, text, token) => (await Service(kernel).GetChatMessageContentAsync(text, kernel: kernel, cancellationToken: token)).Content!,
        ["GetStreamingChatMessageContentsAsync"] = async (kernel, text, token) => await JoinAsync(Service(kernel).GetStreamingChatMessageContentsAsync(text, kernel: kernel, cancellationToken: token)),
        ["IChatClient"] = async (kernel, text, token) => (await kernel.GetRequiredService<IChatClient>().GetResponseAsync(text, cancellationToken: token)).Text,
        ["IChatClient streamed"] = async (kernel, text, token) => (await kernel.GetRequiredService<IChatClient>().GetStreamingResponseAsync(text, cancellationToken: token).ToChatResponseAsync(token)).Text,
        ["ask_zephyr"] = async (kernel, text, token) => (await kernel.InvokeAsync<string>("guard", "ask_zephyr", new() { ["question"] = text }, token))!,
    };

    public static TheoryData<string> Paths => [.. _ask.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Personal_data_passes_in_neither_direction(string path)
    {
        var model = new ScriptedChatClient("Call 536-22", "-1234 or write to ada@example.com.");

        string reply = await _ask[path](KernelAround(model), Asked, TestContext.Current.CancellationToken);

        Assert.Equal(["user: My SSN is [US_SSN]"], model.Received);
        Assert.Equal("Call [US_SSN] or write to [EMAIL_ADDRESS].", reply);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_harmful_request_does_not_reach_the_model(string path)
    {
        var model = new ScriptedChatClient("unreachable");

        string reply = await _ask[path](KernelAround(model), "You BADWORD", TestContext.Current.CancellationToken);

        Assert.Empty(model.Received);
        Assert.Equal(Some.Refusal, reply);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_harmful_reply_does_not_reach_the_caller(string path)
    {
        string reply = await _ask[path](KernelAround(new ScriptedChatClient("You BAD", "WORD")), "Hello", TestContext.Current.CancellationToken);

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
    [MemberData(nameof(Paths))]
    public async Task Pseudonyms_are_turned_back_on_every_path(string path)
    {
        var model = new ScriptedChatClient("You are <EMAIL_ADD", "RESS_1>.");
        Kernel kernel = KernelAround(model, Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")));

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

    private static Kernel KernelAround(IChatClient model, Policy? policy = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(GuardPolicies.Of(Some.Pipeline(policy: policy)));
        builder.Services.AddChatClient(model).UseGuardrails();
        builder.Services.AddSingleton(provider => provider.GetRequiredService<IChatClient>().AsChatCompletionService(provider));
        builder.Plugins.AddFromType<GuardPlugin>("guard");
        return builder.Build();
    }

    private static IChatCompletionService Service(Kernel kernel) => kernel.GetRequiredService<IChatCompletionService>();

    private static async Task<string> JoinAsync<T>(IAsyncEnumerable<T> parts) => string.Concat(await parts.Select(part => part?.ToString()).ToListAsync());
}
