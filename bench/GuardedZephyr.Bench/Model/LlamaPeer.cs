using System.Diagnostics;
using System.Text.Json;

namespace GuardedZephyr.Bench;

/// <summary>llama.cpp in a process of its own, which is idle while others are measured.</summary>
internal sealed class LlamaPeer : IContender
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Process _process;

    public LlamaPeer(string model, int clients, int contextLength, int threads)
    {
        var folder = Path.Combine(RepositoryFolder.Root, "bench", "npm-llama");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var install = Start(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["install", "--no-save", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"]);
            install.StandardOutput.ReadToEnd();
            install.WaitForExit();
        }

        _process = Start(folder, "node", ["llama.mjs", model, $"{clients}", $"{contextLength}", $"{threads}"]);
        var hello = Read<Hello>();
        (LoadSeconds, ResidentBytes, Name) = (hello.Load, hello.Resident, $"llama.cpp Q4_0 (node-llama-cpp {hello.Version})");
    }

    public string Name { get; }

    public double LoadSeconds { get; }

    /// <summary>After loading and a first token.</summary>
    public long ResidentBytes { get; }

    public double Prefill(int tokens) => Ask(new { what = "prefill", tokens });

    public double Decode(int context, int tokens) => DecodeMany(1, context, tokens);

    public double DecodeMany(int clients, int context, int tokens) => Ask(new { what = "decode", clients, context, tokens });

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double Ask(object question)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        _process.StandardInput.Flush();
        return Read<Answer>().Seconds;
    }

    private T Read<T>() => JsonSerializer.Deserialize<T>(
        _process.StandardOutput.ReadLine() ?? throw new IOException("bench/npm-llama/llama.mjs ended; run `npm install --no-save --omit=optional --ignore-scripts` there, and see what it says when it is started by hand."), Json)!;

    private static Process Start(string folder, string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private sealed record Hello(string Version, double Load, long Resident);

    private sealed record Answer(double Seconds);
}
