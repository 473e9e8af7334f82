using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace GuardedZephyr.Bench;

/// <summary>Packages that do the same in another runtime, in a process of their own that stays warm between rounds.</summary>
internal sealed class Peers : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private readonly Hello _hello;

    private Peers(Process process, Hello hello)
    {
        _process = process;
        _hello = hello;
    }

    public string Runtime => $"Node.js {_hello.Node}";

    public IReadOnlyList<Peer> All => _hello.Peers;

    /// <summary>Installs the packages first where they are not yet.</summary>
    /// <returns>The peers, or why there are none.</returns>
    public static (Peers? Peers, string? Problem) Start(string messagesFile)
    {
        var folder = Path.Combine(RepositoryFolder.Root, "bench", "npm");
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                using var install = Launch(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
                install.StandardOutput.ReadToEnd();
                install.WaitForExit();
                if (install.ExitCode != 0)
                {
                    return (null, $"`npm ci` in bench/npm ended with {install.ExitCode}");
                }
            }

            var process = Launch(folder, "node", ["peers.mjs", messagesFile]);
            return process.StandardOutput.ReadLine() is { } hello
                ? (new Peers(process, JsonSerializer.Deserialize<Hello>(hello, Json)!), null)
                : (null, "bench/npm/peers.mjs ended before it was ready");
        }
        catch (Win32Exception)
        {
            return (null, "`node` and `npm` must be programs that can be started");
        }
    }

    /// <summary>One pass over a set of messages.</summary>
    public Pass Run(string peer, string set)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { peer, set }));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new IOException($"bench/npm/peers.mjs ended while '{peer}' redacted.");
        return JsonSerializer.Deserialize<Pass>(answer, Json)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Launch(string folder, string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    internal sealed record Peer(string Name, string Version);

    /// <param name="Ms">Time of the pass.</param>
    /// <param name="CpuMs">Processor time of it, of all threads: what it costs on a machine that others use too.</param>
    /// <param name="Changed">Messages that came out different.</param>
    internal sealed record Pass(double Ms, double CpuMs, int Changed);

    private sealed record Hello(string Node, Peer[] Peers);
}
