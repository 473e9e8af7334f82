using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GuardedZephyr.EndToEnd.Tests.Programs;

/// <summary>The real process: how it starts, and what it says when it cannot.</summary>
public sealed class StartupTests : IDisposable
{
    private readonly Scratch _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task It_says_where_it_is_and_stops_when_told_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var process = ProgramRun.Begin("dotnet", [Path.Combine(AppContext.BaseDirectory, "GuardedZephyr.Service.dll"), .. Arguments("http://127.0.0.1:0")]);
        try
        {
            var banner = new List<string>();
            while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
            {
                banner.Add(line);
                if (line.StartsWith("Press", StringComparison.Ordinal))
                {
                    using var stop = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                }
            }

            await process.WaitForExitAsync(Cancellation);

            Assert.Equal(0, process.ExitCode);
            Assert.Equal("", await process.StandardError.ReadToEndAsync(Cancellation));
            Assert.Contains(banner, line => line.Contains("Chat page       http://127.0.0.1:", StringComparison.Ordinal));
            Assert.Contains(banner, line => line.Contains("Model           zephyr-nano", StringComparison.Ordinal));
            Assert.Contains(banner, line => line.Contains("Policy          standard v1", StringComparison.Ordinal));
            Assert.Contains(banner, line => line.Contains(_scratch.PathOf("audit.db"), StringComparison.Ordinal));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task An_unknown_model_folder_is_named()
    {
        var run = await RunAsync("--GuardedZephyr:Model:Path", _scratch.PathOf("no-model"));

        AssertOneClearLine(run, _scratch.PathOf("no-model"));
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("tokenizer.json")]
    [InlineData("genai_config.json")]
    public async Task A_truncated_model_file_is_named(string file)
    {
        var folder = Directory.CreateDirectory(_scratch.PathOf("model")).FullName;
        foreach (var source in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "models", "zephyr-nano")))
        {
            File.Copy(source, Path.Combine(folder, Path.GetFileName(source)));
        }

        using (var stream = File.OpenWrite(Path.Combine(folder, file)))
        {
            stream.SetLength(stream.Length / 2);
        }

        AssertOneClearLine(await RunAsync("--GuardedZephyr:Model:Path", folder), Path.Combine(folder, file));
    }

    [Fact]
    public async Task A_broken_policy_is_explained_with_all_its_errors()
    {
        var policy = _scratch.PathOf("broken.yaml");
        await File.WriteAllTextAsync(policy, "name: broken\nversion: 1\ndetectors:\n  pii: { packs: [nowhere] }\nrules:\n  - id: a\n    when: { entity: US_SSN }\n    action: explode\n", Cancellation);

        var run = await RunAsync("--GuardedZephyr:Policy:Path", policy);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(policy, run.Error, StringComparison.Ordinal);
        Assert.Contains("broken.yaml:4", run.Error, StringComparison.Ordinal);
        Assert.Contains("broken.yaml:8", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}";

        AssertOneClearLine(await ProgramRun.OwnAsync("GuardedZephyr.Service", Arguments(url)), url);
    }

    [Fact]
    public async Task An_address_that_others_can_reach_is_refused() =>
        AssertOneClearLine(await ProgramRun.OwnAsync("GuardedZephyr.Service", Arguments("http://0.0.0.0:0")), "loopback");

    [Fact]
    public async Task A_device_that_this_build_lacks_is_named_with_the_way_to_build_for_it() =>
        AssertOneClearLine(await RunAsync("--GuardedZephyr:Model:Device", "cuda"), "dotnet build -p:GenAI=true");

    [Fact]
    public async Task An_audit_log_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(_scratch.PathOf("file"), "", Cancellation);
        var path = _scratch.PathOf("file", "audit.db");

        AssertOneClearLine(await RunAsync("--GuardedZephyr:Audit:Path", path), path);
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.OwnAsync("GuardedZephyr.Service", [.. Arguments("http://127.0.0.1:0"), .. arguments]);

    private string[] Arguments(string url) => ["--urls", url, "--GuardedZephyr:Audit:Path", _scratch.PathOf("audit.db")];

    private static void AssertOneClearLine(ProgramRun run, string named)
    {
        Assert.Equal(2, run.ExitCode);
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }
}
