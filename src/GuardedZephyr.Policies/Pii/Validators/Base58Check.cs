using System.Security.Cryptography;

namespace GuardedZephyr.Policies;

/// <summary>
/// Addresses in Bitcoin's Base58Check form, as its reference client (base58.cpp, chainparams.cpp) has them: a version byte, 20 bytes of a hash and the first four
/// bytes of the double SHA-256 over both. Version 0 pays to a public key, 5 to a script.
/// </summary>
internal static class Base58Check
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int PayloadBytes = 21;
    private const int CheckBytes = 4;
    private const int MaxCharacters = 35;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        Span<byte> decoded = stackalloc byte[PayloadBytes + CheckBytes];
        return Validation.Of(
            candidate.Length <= MaxCharacters && TryDecode(candidate, decoded) && decoded[0] is 0 or 5 && HasRightCheck(decoded),
            candidate);
    }

    /// <summary>A number of base 58 as one of base 256, in just as many bytes as there are; a 1 in front stands for a whole zero byte.</summary>
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        bytes.Clear();
        foreach (var character in text)
        {
            var carry = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (carry < 0)
            {
                return false;
            }

            for (var i = bytes.Length - 1; i >= 0; i--)
            {
                carry += bytes[i] * 58;
                bytes[i] = (byte)carry;
                carry >>= 8;
            }

            if (carry != 0)
            {
                return false;
            }
        }

        return LeadingLength(text, '1') == LeadingLength<byte>(bytes, 0);
    }

    private static int LeadingLength<T>(ReadOnlySpan<T> values, T value)
        where T : IEquatable<T> => values.IndexOfAnyExcept(value) is >= 0 and var length ? length : values.Length;

    private static bool HasRightCheck(ReadOnlySpan<byte> decoded)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(decoded[..PayloadBytes], hash);
        SHA256.HashData(hash, hash);
        return hash[..CheckBytes].SequenceEqual(decoded[PayloadBytes..]);
    }
}
