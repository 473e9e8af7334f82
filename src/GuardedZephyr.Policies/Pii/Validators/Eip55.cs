namespace GuardedZephyr.Policies;

/// <summary>
/// Ethereum addresses: 0x and 20 bytes in hexadecimal. EIP-55 puts a check into the case of the letters: upper where the Keccak-256 of the
/// lower-case text has a digit of 8 or more. An address in one case says nothing and is left undecided.
/// </summary>
internal static class Eip55
{
    private const string Prefix = "0x";
    private const int HexDigits = 40;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        if (candidate.Length != Prefix.Length + HexDigits || !candidate.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Validation.Invalid;
        }

        var address = candidate[Prefix.Length..];
        foreach (var character in address)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return Validation.Invalid;
            }
        }

        return address.ContainsAnyInRange('a', 'f') && address.ContainsAnyInRange('A', 'F')
            ? Validation.Of(HasRightCase(address), candidate)
            : Validation.Undecided(candidate);
    }

    private static bool HasRightCase(ReadOnlySpan<char> address)
    {
        Span<byte> lower = stackalloc byte[HexDigits];
        for (var i = 0; i < HexDigits; i++)
        {
            lower[i] = (byte)char.ToLowerInvariant(address[i]);
        }

        Span<byte> hash = stackalloc byte[Keccak256.DigestBytes];
        Keccak256.Hash(lower, hash);
        for (var i = 0; i < HexDigits; i++)
        {
            var digit = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 0xF;
            if (char.IsAsciiLetter(address[i]) && char.IsAsciiLetterUpper(address[i]) != digit >= 8)
            {
                return false;
            }
        }

        return true;
    }
}
