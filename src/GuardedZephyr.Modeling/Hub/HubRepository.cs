using System.Text.RegularExpressions;

namespace GuardedZephyr.Modeling.Hub;

/// <param name="Name">owner/name.</param>
/// <param name="Revision">A branch, a tag or a commit.</param>
public sealed partial record HubRepository(string Name, string Revision)
{
    private const string DefaultRevision = "main";

    /// <param name="text">owner/name, or owner/name@revision.</param>
    /// <exception cref="HubException">It is neither.</exception>
    public static HubRepository Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('@', 2);
        var revision = parts.Length > 1 ? parts[1] : DefaultRevision;
        return NamePattern().IsMatch(parts[0]) && RevisionPattern().IsMatch(revision) && !text.Contains("..", StringComparison.Ordinal)
            ? new HubRepository(parts[0], revision)
            : throw new HubException("A repository is written as owner/name or owner/name@revision, for example stabilityai/stablelm-zephyr-3b@main.");
    }

    public override string ToString() => $"{Name}@{Revision}";

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]{0,199}\z")]
    private static partial Regex RevisionPattern();
}
