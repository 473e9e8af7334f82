using GuardedZephyr.Cli;

namespace GuardedZephyr.Tests.Cli;

/// <summary>The command line, run in this process.</summary>
internal static class Zephyr
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await ZephyrCommand.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
