using System.Diagnostics;

namespace GuardedZephyr.EndToEnd.Tests.Programs;

/// <summary>A program that ran to its end.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>One of the project's programs, from beside the tests and with their frameworks: libraries that ASP.NET's has are not copied there.</summary>
    public static Task<ProgramRun> OwnAsync(string name, string[] arguments, string? input = null) =>
        StartAsync("dotnet", ["exec", "--runtimeconfig", Beside("GuardedZephyr.EndToEnd.Tests.runtimeconfig.json"), Beside($"{name}.dll"), .. arguments], input);

    public static async Task<ProgramRun> StartAsync(string program, string[] arguments, string? input = null)
    {
        using var process = Begin(program, arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    public static Process Begin(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Waits for the end; a program that outlives the test is ended with it.</summary>
    public static async Task<ProgramRun> EndAsync(Process process)
    {
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
