using System.Diagnostics;

namespace GuardedZephyr.Tests;

/// <summary>Runs a script of the npm folder beside these tests, where independent implementations are installed.</summary>
internal static class Node
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "GuardedZephyr.Tests", "npm");

    /// <summary>The lines of its standard output. Skips the test where Node.js or the package is not installed.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string package, string script, params string[] arguments)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", package)),
            $"The package {package} is not installed: run 'npm ci --ignore-scripts' in {Path.GetRelativePath(Repository.Root, Folder)} (Node.js 20 or later).");
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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
