using GuardedZephyr.SemanticKernel;
using GuardedZephyr.Service;
using Microsoft.Extensions.Configuration;

namespace GuardedZephyr.Tests.Service;

public sealed class EngineSettingsTests
{
    [Fact]
    public void Engine_is_set_up_by_the_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GuardedZephyr:Engine:Slots"] = "3",
            ["GuardedZephyr:Engine:CacheShare"] = "0.25",
            ["GuardedZephyr:Engine:ContextLength"] = "512",
        }).Build();
        var options = new GuardedZephyrOptions();

        configuration.GetSection(ServiceHost.ConfigurationSection).Bind(options);

        Assert.Equal((3, 0.25, 512, 32), (options.Engine.Slots, options.Engine.CacheShare, options.Engine.ContextLength, options.Engine.QueueLimit));
    }
}
