using System.Security.Cryptography;
using System.Text;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class VerifiedPacksTests
{
    private const string Broken = "'pin [[12345]]'";

    [Fact]
    public void Shipped_packs_hold_against_all_their_examples() => PolicyFile.Check(Path.Combine(ShippedPolicies.Folder, "standard.yaml"));

    [Fact]
    public void List_beside_the_shipped_packs_is_up_to_date()
    {
        var folder = Path.Combine(ShippedPolicies.Folder, "pii");
        var list = Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => $"{Digest(File.ReadAllText(file))}  {Path.GetFileName(file)}\n");

        // If not: sha256sum *.yaml > verified.sha256 there, when Shipped_packs_hold_against_all_their_examples passes.
        Assert.Equal(string.Concat(list), File.ReadAllText(Path.Combine(folder, VerifiedPacks.FileName)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Pack_that_is_not_listed_is_tried()
    {
        using var folder = Folder(out _);

        Assert.StartsWith("pii/own.yaml:12: recognizer 'PIN': example 'pin [[12345]]' is not found", Assert.Single(folder.Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another")]
    [InlineData("list is none")]
    public void Pack_is_tried_when_it_is_not_what_the_list_says(string digest)
    {
        using var folder = Folder(out _);
        folder.Write("pii/verified.sha256", $"{digest}  own.yaml\n");

        Assert.Single(folder.Errors());
    }

    [Fact]
    public void Listed_pack_is_tried_when_everything_is_checked_and_else_not()
    {
        using var folder = Folder(out var pack);
        folder.Write("pii/verified.sha256", $"{Digest(pack)}  own.yaml\n");

        Assert.Equal("small", folder.Load().Identity.Name);
        Assert.Single(Assert.Throws<PolicyFileException>(() => PolicyFile.Check(folder.PolicyPath)).Errors);
    }

    [Fact]
    public void Listed_pack_has_its_limits_checked()
    {
        var pack = PolicyFolder.Pack.Replace("longest-match: 6", "longest-match: 3", StringComparison.Ordinal);
        using var folder = new PolicyFolder(pack: pack);
        folder.Write("pii/verified.sha256", $"{Digest(pack)}  own.yaml\n");

        Assert.Contains("longest-match says 3", Assert.Single(folder.Errors()), StringComparison.Ordinal);
    }

    private static PolicyFolder Folder(out string pack) => new(pack: pack = PolicyFolder.Pack.Replace("'pin [[1234]]'", Broken, StringComparison.Ordinal));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));
}
