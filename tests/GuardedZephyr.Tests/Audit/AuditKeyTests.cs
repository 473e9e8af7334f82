using System.Security.Cryptography;
using System.Text;
using GuardedZephyr.Audit;

namespace GuardedZephyr.Tests.Audit;

public sealed class AuditKeyTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private string Database => _scratch.PathOf("sub", "audit.db");

    private string KeyFile => _scratch.PathOf("sub", "audit.key");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_hash_is_the_hmac_sha256_of_the_text_in_utf8_under_the_key_in_the_file()
    {
        var key = AuditKey.BesideDatabase(Database);

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(File.ReadAllBytes(KeyFile), Encoding.UTF8.GetBytes("größer")));
        Assert.Equal(expected, key.Hash("größer"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(KeyFile)))[..8], key.KeyId);
    }

    [Fact]
    public void The_key_stays_over_restarts_and_differs_between_logs()
    {
        var key = AuditKey.BesideDatabase(Database);

        Assert.Equal(key.Hash("x"), AuditKey.BesideDatabase(Database).Hash("x"));
        Assert.NotEqual(key.Hash("x"), AuditKey.BesideDatabase(_scratch.PathOf("other", "audit.db")).Hash("x"));
    }

    [Fact]
    public void Processes_that_start_at_once_agree_on_one_key()
    {
        // One round rarely meets the moment at which two of them find no key.
        Assert.All(Enumerable.Range(0, 100).Select(round => _scratch.PathOf($"{round}")), folder =>
        {
            var ids = new string[4];
            Parallel.For(0, ids.Length, i => ids[i] = AuditKey.BesideDatabase(Path.Combine(folder, "audit.db")).KeyId);

            Assert.Single(ids.Distinct());
            Assert.Single(Directory.GetFiles(folder));
        });
    }

    [Fact]
    public void Only_the_owner_may_read_the_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        AuditKey.BesideDatabase(Database);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void A_file_that_is_no_key_is_named_and_left_alone()
    {
        Directory.CreateDirectory(_scratch.PathOf("sub"));
        File.WriteAllText(KeyFile, "short");

        var exception = Assert.Throws<AuditUnavailableException>(() => AuditKey.BesideDatabase(Database));

        Assert.Contains(KeyFile, exception.Message, StringComparison.Ordinal);
        Assert.Equal("short", File.ReadAllText(KeyFile));
    }
}
