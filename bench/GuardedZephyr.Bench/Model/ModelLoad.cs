using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Bench;

/// <summary>Loads a model and writes a token, in a process of its own.</summary>
/// <param name="Seconds">Until the first token.</param>
/// <param name="ResidentBytes">Then, of which <paramref name="AnonymousBytes"/> are not of files.</param>
internal sealed record ModelLoad(double Seconds, long ResidentBytes, long AnonymousBytes)
{
    private static readonly Argument<string> Folder = new("folder");
    private static readonly Argument<int> ContextLength = new("context");
    private static readonly Argument<int> Threads = new("threads");

    /// <summary>The command that the process runs; users have no need of it.</summary>
    public static Command CreateCommand()
    {
        var command = new Command("model-load", "Load a model once and print what that took.") { Folder, ContextLength, Threads };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var clock = Stopwatch.GetTimestamp();
            using var decoder = new OnnxDecoder(ModelFolder.Load(parsed.GetValue(Folder)!), new EngineOptions { Threads = parsed.GetValue(Threads) }, new CachePlan(1, parsed.GetValue(ContextLength)));
            decoder.Prefill(0, [1], 0, CancellationToken.None);
            var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {Status("VmRSS")} {Status("RssAnon")}"));
        });
        return command;
    }

    public static ModelLoad Measure(string folder, int contextLength, int threads)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ModelLoad).Assembly.Location, "model-load", folder, $"{contextLength}", $"{threads}"]) { RedirectStandardOutput = true })!;
        var parts = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return new ModelLoad(double.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static long Status(string name) => File.Exists("/proc/self/status")
        ? 1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
        : Environment.WorkingSet;
}
