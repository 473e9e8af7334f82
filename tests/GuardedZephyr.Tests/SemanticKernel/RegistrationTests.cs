using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.SemanticKernel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace GuardedZephyr.Tests.SemanticKernel;

public sealed class RegistrationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zephyr-tests-").FullName;

    [Theory]
    [InlineData(null)]
    [InlineData("small")]
    public async Task There_is_a_guarded_model_to_resolve_and_no_unguarded_one(string? serviceId)
    {
        var services = new ServiceCollection();
        services.AddGuardedZephyr(UseTemporaryAudit, serviceId);
        await using ServiceProvider provider = services.BuildServiceProvider();

        object?[] all = [.. services.Where(service => !service.ServiceType.ContainsGenericParameters).Select(service => provider.GetKeyedServices(service.ServiceType, service.ServiceKey).LastOrDefault())];

        Assert.NotNull(provider.GetRequiredKeyedService<IChatClient>(serviceId).GetService<GuardrailsChatClient>());
        Assert.NotNull(provider.GetRequiredKeyedService<IChatCompletionService>(serviceId));
        Assert.DoesNotContain(all, service => service is ZephyrChatClient or DecodeEngine);
        Assert.Null(provider.GetService<ZephyrChatClient>());
        Assert.All(all.OfType<IChatClient>(), client => Assert.NotNull(client.GetService<GuardrailsChatClient>()));
        Assert.All(all.OfType<IChatClient>(), client => Assert.All(Fish(client), service => Assert.True(
            service is not IChatClient fished || fished.GetService<GuardrailsChatClient>() is not null, $"{service?.GetType()} leads round the guard")));
    }

    [Fact]
    public async Task A_kernel_tells_models_apart_by_service_id()
    {
        Kernel kernel = Kernel.CreateBuilder().AddGuardedZephyr(UseTemporaryAudit, "small").Build();

        var reply = await kernel.GetRequiredService<IChatCompletionService>("small").GetChatMessageContentAsync("My SSN is 536-22-1234", cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain("536-22-1234", reply.Content, StringComparison.Ordinal);
        Assert.Throws<KernelException>(() => kernel.GetRequiredService<IChatCompletionService>("large"));
    }

    [Fact]
    public async Task Several_models_have_policies_of_their_own()
    {
        string strict = Path.Combine(_folder, "strict.yaml");
        foreach (string file in (string[])["pii/us.yaml", "responses/en.yaml"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.Copy(Path.Combine(Repository.Root, "policies", file), Path.Combine(_folder, file));
        }

        await File.WriteAllTextAsync(strict, """
            name: strict
            version: 1
            responses: responses/en.yaml
            detectors:
              pii: { packs: [us] }
            rules:
              - id: no-numbers
                when: { entity: US_SSN }
                action: block
            """, TestContext.Current.CancellationToken);
        IKernelBuilder builder = Kernel.CreateBuilder().AddGuardedZephyr(UseTemporaryAudit, "usual").AddGuardedZephyr(options =>
        {
            UseTemporaryAudit(options);
            options.Policy.Path = strict;
        }, "strict");
        builder.Plugins.AddFromObject(new GuardPlugin("usual"), "usual");
        builder.Plugins.AddFromObject(new GuardPlugin("strict"), "strict");
        Kernel kernel = builder.Build();

        var outcomes = new List<string>();
        foreach (string id in (string[])["usual", "strict"])
        {
            outcomes.Add((await kernel.InvokeAsync<TextCheck>(id, "check_text", new() { ["text"] = "My SSN is 536-22-1234" }, TestContext.Current.CancellationToken))!.Outcome);
            ChatMessageContent reply = await kernel.GetRequiredService<IChatCompletionService>(id).GetChatMessageContentAsync("My SSN is 536-22-1234", cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(id == "strict", reply.Metadata!.ContainsKey(GuardrailsChatClient.RefusalKey));
        }

        Assert.Equal(["modified", "blocked"], outcomes);
    }

    [Fact]
    public async Task Settings_of_a_prompt_reach_the_model_and_unknown_ones_are_told()
    {
        Kernel kernel = Kernel.CreateBuilder().AddGuardedZephyr(UseTemporaryAudit).Build();
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["max_tokens"] = 1, ["temperature"] = 0 } };

        FunctionResult reply = await kernel.InvokePromptAsync("Hello, who are you?", new(settings), cancellationToken: TestContext.Current.CancellationToken);
        var told = await Assert.ThrowsAsync<ArgumentException>(() => kernel.InvokePromptAsync("Hello", new(new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["heat"] = 1 } }), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("length", reply.GetValue<ChatMessageContent>()!.Metadata![ReportingChatClient.FinishReasonKey]);
        Assert.Contains("heat: not known", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_that_cannot_call_tools_says_what_to_do(bool streaming)
    {
        Kernel kernel = Kernel.CreateBuilder().AddGuardedZephyr(UseTemporaryAudit).Build();
        kernel.Plugins.AddFromFunctions("time", [KernelFunctionFactory.CreateFromMethod(() => "noon", "now")]);
        KernelArguments Arguments(FunctionChoiceBehavior choice) => new(new ZephyrPromptExecutionSettings { FunctionChoiceBehavior = choice, MaxTokens = 4 });

        var told = await Assert.ThrowsAsync<NotSupportedException>(async () =>
        {
            if (streaming)
            {
                await kernel.InvokePromptStreamingAsync("What time is it?", Arguments(FunctionChoiceBehavior.Auto()), cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
            }
            else
            {
                await kernel.InvokePromptAsync("What time is it?", Arguments(FunctionChoiceBehavior.Auto()), cancellationToken: TestContext.Current.CancellationToken);
            }
        });

        Assert.Contains("FunctionChoiceBehavior.None()", told.Message, StringComparison.Ordinal);
        await kernel.InvokePromptAsync("What time is it?", Arguments(FunctionChoiceBehavior.None()), cancellationToken: TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>All that a client gives away to who asks for it by type.</summary>
    private static IEnumerable<object?> Fish(IChatClient client) =>
        ((Type[])[typeof(object), typeof(IChatClient), typeof(DelegatingChatClient), typeof(FunctionInvokingChatClient), typeof(GuardrailsChatClient), typeof(ZephyrChatClient), typeof(DecodeEngine), typeof(IDisposable)])
            .SelectMany(type => (object?[])[client.GetService(type), client.GetService(type, "any key"), client.GetService(type, Continuation.ContinueKey), client.GetService<GuardrailsChatClient>()!.GetService(type)]);

    private void UseTemporaryAudit(GuardedZephyrOptions options) => options.Audit.Path = Path.Combine(_folder, "audit.db");
}
