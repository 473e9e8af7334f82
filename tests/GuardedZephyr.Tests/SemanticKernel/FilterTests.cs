using System.Collections.Frozen;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace GuardedZephyr.Tests.SemanticKernel;

/// <summary>The filters alone, around a service that has no guard.</summary>
public class FilterTests
{
    private readonly RecordingAuditLog _audit = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Personal_data_passes_in_neither_direction(bool asChatClient)
    {
        var model = new ScriptedChatClient("Call 536-22", "-1234 or write to ada@example.com.");

        FunctionResult reply = await KernelAround(model, asChatClient).InvokePromptAsync("My SSN is {{$ssn}}", new() { ["ssn"] = "536-22-1234" }, cancellationToken: Cancellation);

        Assert.Equal(["user: My SSN is [US_SSN]"], model.Received);
        Assert.Equal("Call [US_SSN] or write to [EMAIL_ADDRESS].", reply.ToString());
        Assert.Equal(["input", "output"], _audit.Records.Select(record => record.Direction));
        Assert.Equal(Outcome.Modified, Assert.IsType<GuardReport>(reply.Metadata![GuardReport.Key]).Outcome);
    }

    [Theory]
    [InlineData("You BADWORD", "unreachable", 0)]
    [InlineData("Hello", "You BADWORD", 1)]
    public async Task Harm_passes_in_neither_direction(string asked, string answered, int calls)
    {
        var model = new ScriptedChatClient(answered);

        FunctionResult reply = await KernelAround(model).InvokePromptAsync("{{$text}}", new() { ["text"] = asked }, cancellationToken: Cancellation);

        Assert.Equal(calls, model.Received.Count);
        Assert.Equal(Some.Refusal, reply.ToString());
    }

    [Fact]
    public async Task Pseudonyms_are_turned_back()
    {
        var model = new ScriptedChatClient("You are <EMAIL_ADDRESS_1>.");

        FunctionResult reply = await KernelAround(model, policy: Some.Policy(Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")))
            .InvokePromptAsync("""<message role="system">Be brief &amp; kind</message><message role="user">I am ada@example.com</message>""", cancellationToken: Cancellation);

        Assert.Equal(["system: Be brief & kind", "user: I am <EMAIL_ADDRESS_1>"], model.Received);
        Assert.Equal("You are ada@example.com.", reply.ToString());
    }

    [Theory]
    [InlineData("""<message role="user">My SSN is &#53;36-22-1234</message>""", "user: My SSN is [US_SSN]")]
    [InlineData("""<message role="user"><![CDATA[My SSN is 536-22-1234 <b>]]></message>""", "user: My SSN is [US_SSN] <b>")]
    [InlineData("""<message role="user"><text>My SSN is 536-22-1234</text></message>""", "user: My SSN is [US_SSN]")]
    [InlineData("""Not <message role="user">&amp; no XML 536-22-1234""", """user: Not <message role="user">&amp; no XML [US_SSN]""")]
    public async Task What_is_judged_is_what_the_model_would_see(string prompt, string received)
    {
        var model = new ScriptedChatClient("Fine.");

        await KernelAround(model).InvokePromptAsync(prompt, cancellationToken: Cancellation);

        Assert.Equal([received], model.Received);
    }

    [Fact]
    public async Task An_image_in_a_prompt_is_unjudged()
    {
        var model = new ScriptedChatClient("unreachable");

        FunctionResult reply = await KernelAround(model).InvokePromptAsync("""<message role="user"><text>Look</text><image>https://example.com/a.png</image></message>""", cancellationToken: Cancellation);

        Assert.Empty(model.Received);
        Assert.Equal(Some.Unjudged, reply.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_function_brings_into_a_prompt_is_judged_as_a_tool_result(bool isGuarded)
    {
        var rule = new Rule { Id = "tools", Categories = Some.Block("insult").Categories, MinScore = 0.5, Action = RuleAction.Block, On = new[] { Direction.Tool }.ToFrozenSet() };
        var model = new ScriptedChatClient("unreachable");
        Kernel kernel = KernelAround(model, policy: Some.Policy(rule), isGuarded: isGuarded);
        kernel.Plugins.AddFromFunctions("web", [KernelFunctionFactory.CreateFromMethod(() => "You BADWORD", "read")]);

        FunctionResult reply = await kernel.InvokePromptAsync("Sum this up: {{web.read}}", cancellationToken: Cancellation);
        await Assert.ThrowsAsync<GuardBlockedException>(() => kernel.InvokePromptStreamingAsync("Sum this up: {{web.read}}", cancellationToken: Cancellation).ToListAsync(Cancellation).AsTask());

        Assert.Empty(model.Received);
        Assert.Equal(Some.Refusal, reply.ToString());
    }

    [Fact]
    public async Task What_a_host_calls_for_itself_is_its_own()
    {
        Kernel kernel = KernelAround(new ScriptedChatClient());
        kernel.Plugins.AddFromFunctions("crm", [KernelFunctionFactory.CreateFromMethod((string key) => $"SSN 536-22-1234 of {key}", "find")]);

        Assert.Equal("SSN 536-22-1234 of ada@example.com", await kernel.InvokeAsync<string>("crm", "find", new() { ["key"] = "ada@example.com" }, Cancellation));
        Assert.Empty(_audit.Records);
    }

    [Fact]
    public async Task A_stream_that_no_filter_can_hold_back_is_refused_with_the_way_out()
    {
        var model = new ScriptedChatClient("unreachable");

        var told = await Assert.ThrowsAsync<NotSupportedException>(() => KernelAround(model).InvokePromptStreamingAsync("Hello", cancellationToken: Cancellation).ToListAsync(Cancellation).AsTask());

        Assert.Empty(model.Received);
        Assert.Contains("UseGuardrails", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello", "Fine.")]
    [InlineData("You BADWORD", "unreachable")]
    [InlineData("Hello", "You BADWORD")]
    [InlineData("{{crm.find}}", "Fine.")]
    [InlineData("{{crm.insult}}", "unreachable")]
    public async Task No_lease_of_a_policy_outlives_its_prompt(string prompt, string answer)
    {
        Kernel kernel = KernelAround(new ScriptedChatClient(answer));
        kernel.Plugins.AddFromFunctions("crm", [KernelFunctionFactory.CreateFromMethod(() => "well", "find"), KernelFunctionFactory.CreateFromMethod(() => "You BADWORD", "insult")]);
        var policies = kernel.GetRequiredService<GuardPolicies>();
        using PolicyLease lease = policies.Take();

        await kernel.InvokePromptAsync(prompt, cancellationToken: Cancellation);
        policies.Dispose();
        Assert.False(lease.Edition.Users.IsClosed);
        lease.Dispose();

        Assert.True(lease.Edition.Users.IsClosed);
    }

    private Kernel KernelAround(IChatClient model, bool asChatClient = false, Policy? policy = null, bool isGuarded = false)
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddGuardFilters();
        builder.Services.AddSingleton(GuardPolicies.Of(Some.Pipeline(_audit, policy)));
        builder.Services.AddSingleton(provider => isGuarded ? model.AsBuilder().UseGuardrails().Build(provider) : new NamedChatClient(model));
        if (!asChatClient)
        {
            builder.Services.AddSingleton(provider => isGuarded
                ? provider.GetRequiredService<IChatClient>().AsGuardedChatCompletionService(provider)
                : provider.GetRequiredService<IChatClient>().AsChatCompletionService(provider));
        }

        return builder.Build();
    }

    /// <summary>A kernel takes a chat client only with metadata.</summary>
    private sealed class NamedChatClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", defaultModelId: "scripted") : base.GetService(serviceType, serviceKey);
    }
}
