using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>
/// Hashes values of lists, so that a policy need not write them down: HMAC-SHA256 (RFC 2104) under the list key of the value as lists
/// compare it (surface, lower case, white space as one space), from its first letter or digit to its last, in UTF-8. Who lacks the key cannot
/// try values. Thread-safe.
/// </summary>
public sealed class ListHasher
{
    /// <summary>Least length of the key, in bytes.</summary>
    public const int MinKeyLength = 16;

    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = ListText.MaxLength;

    private readonly byte[] _key;

    public ListHasher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, MinKeyLength, nameof(key));
        _key = key.ToArray();
    }

    /// <param name="key">In hexadecimal or else base64; white space around it is no part of it.</param>
    /// <exception cref="FormatException">It is neither, or too short.</exception>
    public static ListHasher Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Decode(key.Trim()) is { Length: >= MinKeyLength } bytes
            ? new ListHasher(bytes)
            : throw new FormatException($"the key must be at least {MinKeyLength} bytes in hexadecimal or base64");
    }

    /// <returns>64 lower-case hexadecimal digits: what stands in a policy's <c>hashes</c>.</returns>
    /// <exception cref="ArgumentException">The value holds no letter or digit, or is longer than <see cref="MaxValueLength"/>.</exception>
    public string Hash(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Digest(GuardText.From(value).Surface) is not { } digest)
        {
            throw new ArgumentException($"a value needs a letter or a digit and at most {MaxValueLength} characters", nameof(value));
        }

        return digest.ToString();
    }

    /// <returns>Null for what can stand on no list.</returns>
    internal ListDigest? Digest(ReadOnlySpan<char> surface)
    {
        Span<char> buffer = stackalloc char[ListText.MaxLength];
        var value = ListText.Normalise(surface, buffer);
        while (!value.IsEmpty && !char.IsLetterOrDigit(value[0]))
        {
            value = value[1..];
        }

        while (!value.IsEmpty && !char.IsLetterOrDigit(value[^1]))
        {
            value = value[..^1];
        }

        return value.IsEmpty ? null : DigestOf(value);
    }

    private static byte[]? Decode(string written)
    {
        if (written.Length % 2 == 0 && written.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(written);
        }

        var bytes = new byte[written.Length];
        return Convert.TryFromBase64String(written, bytes, out var length) ? bytes[..length] : null;
    }

    private ListDigest DigestOf(ReadOnlySpan<char> value)
    {
        Span<byte> bytes = stackalloc byte[3 * ListText.MaxLength];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, bytes[..Encoding.UTF8.GetBytes(value, bytes)], hash);
        return ListDigest.From(hash);
    }
}

/// <summary>The 32 bytes of a hash, as the key of a table.</summary>
internal readonly record struct ListDigest(UInt128 First, UInt128 Second)
{
    public const int HexLength = 2 * HMACSHA256.HashSizeInBytes;

    /// <param name="hash">32 bytes.</param>
    public static ListDigest From(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    /// <returns>Null when it is not 64 hexadecimal digits.</returns>
    public static ListDigest? Parse(string hexadecimal)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hexadecimal.Length == HexLength && Convert.FromHexString(hexadecimal, hash, out _, out _) == System.Buffers.OperationStatus.Done ? From(hash) : null;
    }

    public override string ToString() => $"{First:x32}{Second:x32}";
}
