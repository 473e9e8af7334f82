using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class CryptoAddressTests
{
    [Theory]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i")] // Bitcoin Core, key_io_valid.json
    [InlineData("3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou")]
    [InlineData("1111111111111111111114oLvT2")] // a hash of nothing but zeros
    public void Base58_address_with_a_right_check_is_valid(string address) => Assert.Equal(Validity.Valid, Base58Check.Validate(address).Validity);

    [Theory]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62j")] // one character changed
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW26i")] // two swapped
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW6")]
    [InlineData("11AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i")] // a zero byte too many
    [InlineData("111111111111111111114oLvT2")] // one too few
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW6Oi")] // O is not of the alphabet
    [InlineData("mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs")] // right, but of a test network
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")] // does not fit
    public void Other_base58_is_no_address(string text) => Assert.Equal(Validity.Invalid, Base58Check.Validate(text).Validity);

    [Theory]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")] // BIP 173 and BIP 350, test vectors
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7")]
    [InlineData("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y")]
    [InlineData("BC1SW50QGDZ25J")]
    [InlineData("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs")]
    [InlineData("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy")]
    [InlineData("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")]
    public void Bech32_address_with_a_right_check_is_valid(string address) => Assert.Equal(Validity.Valid, Bech32.Validate(address).Validity);

    [Theory]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kV8f3t4")] // both cases
    [InlineData("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut")] // prefix
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd")] // Bech32 for version 1
    [InlineData("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL")] // Bech32 for version 16
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh")] // Bech32m for version 0
    [InlineData("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4")] // a character outside the alphabet
    [InlineData("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R")] // version 17
    [InlineData("bc1pw5dgrnzv")] // a program of one byte
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav")] // of 41
    [InlineData("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P")] // of 16, version 0
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf")] // too much padding
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j")] // padding that is not zero
    [InlineData("bc1gmk9yu")] // no program
    public void Other_bech32_is_no_address(string text) => Assert.Equal(Validity.Invalid, Bech32.Validate(text).Validity);

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")] // EIP-55, test cases
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Ethereum_address_with_a_right_case_is_valid(string address) => Assert.Equal(Validity.Valid, Eip55.Validate(address).Validity);

    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")] // EIP-55, all capitals
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")] // EIP-55, all lower
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x1234567890123456789012345678901234567890")] // no letter
    public void Ethereum_address_in_one_case_is_left_undecided(string address) => Assert.Equal(Validity.Undecided, Eip55.Validate(address).Validity);

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd0")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    public void Other_hexadecimal_is_no_ethereum_address(string text) => Assert.Equal(Validity.Invalid, Eip55.Validate(text).Validity);

    [Theory]
    [InlineData("", 0, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", 1, "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("\u00A3", 136, "b82d89d96e5575d11a9e1f4cabb2a45e60899e69a19a724cd796bdcf13511018")] // a block and its padding
    [InlineData("\u00A3", 200, "3a57666b048777f2c953dc4456f45a2588e1cb6f2da760122d530ac2ce607d4a")]
    public void Keccak_256_is_the_one_before_FIPS_202(string latin1, int times, string digest)
    {
        var message = Enumerable.Repeat(latin1, times).SelectMany(text => text).Select(character => (byte)character).ToArray();
        var hash = new byte[Keccak256.DigestBytes];

        Keccak256.Hash(message, hash);

        Assert.Equal(digest, Convert.ToHexStringLower(hash));
    }
}
