using System.Security.Cryptography;
using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>
/// The packs that were tried with all their examples before they were shipped, by what is in them (as <c>sha256sum</c> writes it): a host that loads them
/// unchanged need not try them again, which takes seconds. Whatever is not listed is tried.
/// </summary>
internal sealed class VerifiedPacks
{
    /// <summary>Beside the packs. <c>sha256sum *.yaml > verified.sha256</c> makes it; the tests say when it is not up to date.</summary>
    public const string FileName = "verified.sha256";

    public static readonly VerifiedPacks None = new([]);

    private readonly HashSet<string> _digests;

    private VerifiedPacks(IEnumerable<string> digests) => _digests = new HashSet<string>(digests, StringComparer.OrdinalIgnoreCase);

    /// <summary>No file, or one that cannot be read, lists nothing.</summary>
    public static VerifiedPacks Read(string folder)
    {
        var file = SourceFile.Read(Path.Combine(folder, FileName), FileName);
        return new VerifiedPacks((file.Text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    public bool Contains(SourceFile pack) => _digests.Count > 0 && _digests.Contains(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(pack.Text!))));
}
