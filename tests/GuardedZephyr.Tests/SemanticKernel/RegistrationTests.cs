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

        Assert.IsType<GuardrailsChatClient>(provider.GetRequiredKeyedService<IChatClient>(serviceId));
        Assert.NotNull(provider.GetRequiredKeyedService<IChatCompletionService>(serviceId));
        Assert.DoesNotContain(all, service => service is ZephyrChatClient or DecodeEngine);
        Assert.Null(provider.GetService<ZephyrChatClient>());
        Assert.Null(provider.GetRequiredKeyedService<IChatClient>(serviceId).GetService<ZephyrChatClient>());
        Assert.All(all.OfType<IChatClient>(), client => Assert.IsType<GuardrailsChatClient>(client));
    }

    [Fact]
    public async Task A_kernel_tells_models_apart_by_service_id()
    {
        Kernel kernel = Kernel.CreateBuilder().AddGuardedZephyr(UseTemporaryAudit, "small").Build();

        var reply = await kernel.GetRequiredService<IChatCompletionService>("small").GetChatMessageContentAsync("My SSN is 536-22-1234", cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain("536-22-1234", reply.Content, StringComparison.Ordinal);
        Assert.Throws<KernelException>(() => kernel.GetRequiredService<IChatCompletionService>("large"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void UseTemporaryAudit(GuardedZephyrOptions options) => options.Audit.Path = Path.Combine(_folder, "audit.db");
}
