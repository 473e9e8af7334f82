namespace GuardedZephyr.Policies;

/// <summary>
/// Segregated-witness addresses of Bitcoin: BIP 173 (form, BCH code, witness programs) and BIP 350 (the constant of Bech32m, for witness
/// versions 1 to 16).
/// </summary>
internal static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int MaxCharacters = 90;
    private const int CheckCharacters = 6;
    private const uint Bech32Constant = 1;
    private const uint Bech32MConstant = 0x2bc830a3;

    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    public static Validation Validate(ReadOnlySpan<char> candidate) => Validation.Of(IsAddress(candidate), candidate);

    private static bool IsAddress(ReadOnlySpan<char> text)
    {
        var separator = text.LastIndexOf('1');
        if (text.Length > MaxCharacters || separator < 1 || IsMixedCase(text))
        {
            return false;
        }

        Span<char> lower = stackalloc char[text.Length];
        text.ToLowerInvariant(lower);
        var prefix = lower[..separator];
        Span<byte> values = stackalloc byte[text.Length - separator - 1];
        if (prefix is not ("bc" or "tb" or "bcrt") || !TryRead(lower[(separator + 1)..], values) || values.Length <= CheckCharacters)
        {
            return false;
        }

        var version = values[0];
        return IsProgram(version, values[1..^CheckCharacters]) && Remainder(prefix, values) == (version == 0 ? Bech32Constant : Bech32MConstant);
    }

    private static bool IsMixedCase(ReadOnlySpan<char> text) => text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('A', 'Z');

    private static bool TryRead(ReadOnlySpan<char> text, Span<byte> values)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var value = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            values[i] = (byte)value;
        }

        return true;
    }

    /// <summary>Groups of five bits make whole bytes, at most four zero bits are left; 2 to 40 bytes, for version 0 20 or 32.</summary>
    private static bool IsProgram(byte version, ReadOnlySpan<byte> groups)
    {
        var bits = groups.Length * 5;
        var (bytes, padding) = (bits / 8, bits % 8);
        var isLength = version == 0 ? bytes is 20 or 32 : version <= 16 && bytes is >= 2 and <= 40;
        return isLength && padding < 5 && (groups[^1] & ((1 << padding) - 1)) == 0;
    }

    private static uint Remainder(ReadOnlySpan<char> prefix, ReadOnlySpan<byte> values)
    {
        var remainder = 1u;
        foreach (var character in prefix)
        {
            remainder = Step(remainder, (uint)character >> 5);
        }

        remainder = Step(remainder, 0);
        foreach (var character in prefix)
        {
            remainder = Step(remainder, (uint)character & 31);
        }

        foreach (var value in values)
        {
            remainder = Step(remainder, value);
        }

        return remainder;
    }

    private static uint Step(uint remainder, uint value)
    {
        var top = remainder >> 25;
        remainder = ((remainder & 0x1ffffff) << 5) ^ value;
        for (var bit = 0; bit < Generator.Length; bit++)
        {
            remainder ^= ((top >> bit) & 1) == 0 ? 0 : Generator[bit];
        }

        return remainder;
    }
}
