using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;
using TextContent = Microsoft.Extensions.AI.TextContent;

namespace GuardedZephyr.Tests.SemanticKernel;

/// <summary>A model calls a kernel's function: its arguments and its result pass a guard, whether the client has one or only the filters are there.</summary>
public class FunctionInvocationTests
{
    private readonly List<string> _called = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly ZephyrPromptExecutionSettings _auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    private static readonly Dictionary<string, Func<Kernel, string, Task<string>>> _ask = new()
    {
        ["GetChatMessageContentAsync"] = async (kernel, text) => (await Service(kernel).GetChatMessageContentAsync(text, _auto, kernel, Cancellation)).Content ?? "",
        ["GetStreamingChatMessageContentsAsync"] = async (kernel, text) =>
            string.Concat(await Service(kernel).GetStreamingChatMessageContentsAsync(text, _auto, kernel, Cancellation).Select(part => part.Content).ToListAsync(Cancellation)),
        ["InvokePromptAsync"] = async (kernel, text) => (await kernel.InvokePromptAsync("{{$text}}", new(_auto) { ["text"] = text }, cancellationToken: Cancellation)).ToString(),
        ["IChatClient"] = async (kernel, text) => (await kernel.GetRequiredService<IChatClient>().GetResponseAsync(text, Tools(kernel), Cancellation)).Messages[^1].Text,
        ["IChatClient streamed"] = async (kernel, text) =>
            (await kernel.GetRequiredService<IChatClient>().GetStreamingResponseAsync(text, Tools(kernel), Cancellation).ToChatResponseAsync(Cancellation)).Messages[^1].Text,
    };

    public static TheoryData<string> Guarded => [.. _ask.Keys];

    /// <summary>Filters run where a kernel runs the function.</summary>
    public static TheoryData<string> Unguarded => ["GetChatMessageContentAsync", "GetStreamingChatMessageContentsAsync", "InvokePromptAsync"];

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Personal_data_reaches_neither_the_function_nor_the_model_nor_the_user(string path)
    {
        var model = new SequenceChatClient([Call("536-22-1234")], [new TextContent("It is 4111 1111 1111 1111.")]);

        string reply = await _ask[path](KernelAround(model, isGuarded: true, "Her SSN is 536-22-1234"), "Look her up");

        Assert.Equal(["[US_SSN]"], _called);
        Assert.Equal("It is [CREDIT_CARD].", reply);
        Assert.Equal(["user: Look her up", "user: Look her up", """assistant: crm_find({"key":"[US_SSN]"})""", "tool: =\"Her SSN is [US_SSN]\""], model.Received);
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task A_function_is_not_called_with_an_insult(string path)
    {
        string reply = await _ask[path](KernelAround(new SequenceChatClient([Call("You BADWORD")]), isGuarded: true, "unreachable"), "Look her up");

        Assert.Empty(_called);
        Assert.Equal(Some.Refusal, reply);
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task An_insult_in_a_result_does_not_reach_the_model(string path)
    {
        var model = new SequenceChatClient([Call("x")], [new TextContent("unreachable")]);

        string reply = await _ask[path](KernelAround(model, isGuarded: true, "You BADWORD"), "Look her up");

        Assert.Equal(["x"], _called);
        Assert.Equal(1, model.Requests);
        Assert.Equal(Some.Refusal, reply);
    }

    [Theory]
    [MemberData(nameof(Unguarded))]
    public async Task Filters_enforce_arguments_and_results_where_the_model_has_no_guard(string path)
    {
        var model = new SequenceChatClient([Call("536-22-1234")], [new TextContent("Done.")]);

        await _ask[path](KernelAround(model, isGuarded: false, "Her SSN is 536-22-1234"), "Look her up");

        Assert.Equal(["[US_SSN]"], _called);
        Assert.Equal("tool: =\"Her SSN is [US_SSN]\"", model.Received[^1]);
    }

    [Theory]
    [MemberData(nameof(Unguarded))]
    public async Task Filters_stop_a_call_with_an_insult_where_the_model_has_no_guard(string path)
    {
        var model = new SequenceChatClient([Call("You BADWORD")], [new TextContent("unreachable")]);

        await _ask[path](KernelAround(model, isGuarded: false, "unreachable"), "Look her up");

        Assert.Empty(_called);
        Assert.Equal(1, model.Requests);
    }

    [Theory]
    [MemberData(nameof(Unguarded))]
    public async Task Filters_keep_an_insult_in_a_result_from_a_model_without_a_guard(string path)
    {
        var model = new SequenceChatClient([Call("x")], [new TextContent("unreachable")]);

        string reply = await _ask[path](KernelAround(model, isGuarded: false, "You BADWORD"), "Look her up");

        Assert.Equal(1, model.Requests);
        Assert.DoesNotContain("BADWORD", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_leave_the_users_own_values_in_arguments()
    {
        Kernel kernel = KernelAround(new SequenceChatClient([Call("ada@example.com and eve@example.net")], [new TextContent("Done.")]), isGuarded: false, "fine", Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS"));

        await _ask["GetChatMessageContentAsync"](kernel, "Look ada@example.com up");

        Assert.Equal(["ada@example.com and <EMAIL_ADDRESS_2>"], _called);
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Nothing_is_judged_by_filters_that_the_guard_judges(string path)
    {
        var detector = new WordDetector("BADWORD", "insult");
        Kernel kernel = KernelAround(new SequenceChatClient([Call("Ada")], [new TextContent("She is well.")]), isGuarded: true, "well", detectors: [.. Some.PolicyDetectors, detector]);

        await _ask[path](kernel, "Look her up");

        // Each request declares the function. The question is in the second one again, which is known by then.
        const string call = "function: crm_find\narguments:\nkey: Ada";
        Assert.Equal(["Look her up", call, call, "well", "She is well."], detector.Shown.Where(text => !text.StartsWith("function: crm_find\nabout:", StringComparison.Ordinal)).Select(text => text.TrimEnd('\n')));
    }

    /// <summary>The filters are there in either case.</summary>
    private Kernel KernelAround(IChatClient model, bool isGuarded, string result, Rule? rule = null, IEnumerable<IDetector>? detectors = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddGuardFilters();
        builder.Services.AddSingleton(GuardPolicies.Of(Some.Pipeline(policy: rule is null ? null : Some.Policy(rule), detectors: detectors)));
        builder.Services.AddSingleton(provider => (isGuarded ? model.AsBuilder().UseKernelFunctionInvocation().UseGuardrails() : model.AsBuilder().UseKernelFunctionInvocation()).Build(provider));
        builder.Services.AddSingleton(provider => isGuarded
            ? provider.GetRequiredService<IChatClient>().AsGuardedChatCompletionService(provider)
            : provider.GetRequiredService<IChatClient>().AsChatCompletionService(provider));
        builder.Plugins.AddFromFunctions("crm", [KernelFunctionFactory.CreateFromMethod((string key) => Called(key, result), "find")]);
        return builder.Build();
    }

    private string Called(string key, string result)
    {
        _called.Add(key);
        return result;
    }

    private static FunctionCallContent Call(string key) => new("call_1", "crm_find", new Dictionary<string, object?> { ["key"] = key });

    private static ChatOptions Tools(Kernel kernel) => new() { Tools = [.. kernel.Plugins.SelectMany(plugin => plugin)] };

    private static IChatCompletionService Service(Kernel kernel) => kernel.GetRequiredService<IChatCompletionService>();
}
