using System.Security.Cryptography;
using System.Text;

namespace GuardedZephyr.Audit;

/// <summary>The secret key under which texts are hashed, so that a known text can be looked up and an unknown one not guessed without the key.</summary>
public sealed class AuditKey
{
    private const int Size = 32;

    private readonly byte[] _key;

    private AuditKey(byte[] key)
    {
        _key = key;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key))[..8];
    }

    /// <summary>Names the key without giving it away: the first 8 hexadecimal digits of its SHA-256.</summary>
    public string KeyId { get; }

    /// <summary>The key in <c>audit.key</c> beside the database; it is drawn at random when there is none yet.</summary>
    /// <exception cref="AuditUnavailableException">The file cannot be read or made, or is not a key.</exception>
    public static AuditKey BesideDatabase(string databasePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(databasePath);
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(databasePath))!, "audit.key");
        try
        {
            PrivateFiles.CreateFolderOf(path);
            var key = PrivateFiles.ReadOrCreate(path, () => RandomNumberGenerator.GetBytes(Size));
            return key.Length == Size
                ? new AuditKey(key)
                : throw new AuditUnavailableException($"Audit key file '{path}' has {key.Length} bytes instead of {Size}: restore it from a backup, or move it away to start with a new key.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditUnavailableException($"Audit key file '{path}' cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>A key that is kept nowhere, for hashes that nobody will look up.</summary>
    public static AuditKey Ephemeral() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>HMAC-SHA256 of the text in UTF-8, lower-case hexadecimal.</summary>
    public string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
