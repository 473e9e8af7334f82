using System.Security.Cryptography;
using System.Text;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// A key as it is kept: <c>sha256:SALT:HASH</c> in hexadecimal, the hash over salt and key. One round is enough, for a key is drawn from 2^256 and cannot be guessed;
/// the salt keeps the hash of a key in two files from being the same.
/// </summary>
public sealed class ApiKeyHash
{
    private const string Scheme = "sha256";
    private const string Prefix = "gz-";
    private const int Size = 32;
    private const int SaltSize = 16;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private ApiKeyHash(byte[] salt, byte[] hash)
    {
        _salt = salt;
        _hash = hash;
    }

    /// <summary>Draws a key.</summary>
    public static string NewKey() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Size));

    public static ApiKeyHash Of(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new ApiKeyHash(salt, Hash(salt, key));
    }

    /// <returns>Null when the text is none.</returns>
    public static ApiKeyHash? Parse(string? text)
    {
        string[] parts = (text ?? "").Split(':');
        return parts is [Scheme, { Length: 2 * SaltSize } salt, { Length: 2 * Size } hash] && salt.All(char.IsAsciiHexDigit) && hash.All(char.IsAsciiHexDigit)
            ? new ApiKeyHash(Convert.FromHexString(salt), Convert.FromHexString(hash))
            : null;
    }

    /// <summary>Takes the same time whatever the key is.</summary>
    public bool IsOf(string key) => CryptographicOperations.FixedTimeEquals(_hash, Hash(_salt, key));

    public override string ToString() => $"{Scheme}:{Convert.ToHexStringLower(_salt)}:{Convert.ToHexStringLower(_hash)}";

    private static byte[] Hash(byte[] salt, string key) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(key)]);
}
