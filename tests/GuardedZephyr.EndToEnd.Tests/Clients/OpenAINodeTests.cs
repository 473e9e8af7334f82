using System.Reflection;
using System.Text.Json;
using GuardedZephyr.EndToEnd.Tests.Programs;
using GuardedZephyr.EndToEnd.Tests.Turns;

namespace GuardedZephyr.EndToEnd.Tests.Clients;

/// <summary>OpenAI's own client for Node.</summary>
public sealed class OpenAINodeTests(ServiceFixture service)
{
    private static string Folder => typeof(OpenAINodeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NpmFolder").Value!;

    [Fact]
    public async Task It_chats_whole_and_streamed_and_sees_a_block()
    {
        Assert.SkipUnless(ProgramRun.IsInstalled("node"), "Node.js is not installed: install version 22 or later (Debian: apt-get install nodejs npm).");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "openai")), $"The openai package is not installed: run 'npm ci' in {Folder}.");

        var run = await ProgramRun.StartAsync("node", [Path.Combine(Folder, "chat.mjs"), $"{service.Http.BaseAddress}v1", ChatTests.Question, ChatTests.Hateful]);

        Assert.True(run.ExitCode == 0, run.Error);
        var seen = JsonElement.Parse(run.Output);
        var text = seen.GetProperty("plain").GetString();
        Assert.NotEmpty(text!);
        Assert.Equal(text, seen.GetProperty("streamed").GetString());
        Assert.Equal(text, seen.GetProperty("assembled").GetString());
        Assert.Equal("stop", seen.GetProperty("finishReason").GetString());
        Assert.Equal(seen.GetProperty("usage").GetProperty("total_tokens").GetInt32(), seen.GetProperty("streamedUsage").GetProperty("total_tokens").GetInt32());
        var blocked = seen.GetProperty("blocked");
        Assert.Equal((400, "content_filter"), (blocked.GetProperty("status").GetInt32(), blocked.GetProperty("code").GetString()));
        Assert.StartsWith("req_", blocked.GetProperty("requestID").GetString(), StringComparison.Ordinal);
    }
}
