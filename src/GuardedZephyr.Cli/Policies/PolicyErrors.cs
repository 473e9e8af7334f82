using GuardedZephyr.Classification;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

internal static class PolicyErrors
{
    /// <summary>The errors of a policy or of its vectors, one a line, with paths that are right from where the command runs.</summary>
    /// <param name="path">As the user gave it; the errors name files relative to its folder.</param>
    public static IReadOnlyList<string> Of(Exception exception, string path) => exception switch
    {
        PolicyFileException policy => [.. policy.Errors.Select(error => Located(error, path))],
        ClassifierFolderException => [$"{path}: detectors.harm: {exception.Message}"],
        _ => [$"{path}: {exception.Message}"],
    };

    /// <summary>An error about the policy as a whole has no file in front of it.</summary>
    private static string Located(string error, string path) =>
        error.Split(':')[0].EndsWith(".yaml", StringComparison.Ordinal) || error.StartsWith(Path.GetFileName(path), StringComparison.Ordinal)
            ? Path.Join(Path.GetDirectoryName(path), error)
            : $"{path}: {error}";
}
