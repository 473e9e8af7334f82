using System.Diagnostics;

namespace GuardedZephyr.Tests;

/// <summary>Runs a script of an npm folder beside these tests, where independent implementations are installed.</summary>
internal static class Node
{
    private static string Tests => Path.Combine(Repository.Root, "tests", "GuardedZephyr.Tests");

    /// <param name="folder">npm or npm-llama.</param>
    public static void SkipUnlessInstalled(string folder, string package) => Assert.SkipUnless(
        Directory.Exists(Path.Combine(Tests, folder, "node_modules", package)),
        $"The package {package} is not installed: run '{(folder == "npm-llama" ? "npm install --no-save --omit=optional" : "npm ci")} --ignore-scripts' in tests/GuardedZephyr.Tests/{folder} (Node.js 20 or later).");

    /// <summary>The lines of its standard output.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string folder, string script, params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Tests, folder, script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, await error);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
