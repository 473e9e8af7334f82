using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class SecretValidatorTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("aaaa", 0)]
    [InlineData("abab", 1)]
    [InlineData("abcd", 2)]
    [InlineData("0123456789abcdef", 4)]
    public void Entropy_is_shannons_in_bits_a_character(string text, double bits) => Assert.Equal(bits, Entropy.Of(text), precision: 10);

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("Zx81kQp07LmNv52Rt")]
    [InlineData("k3J9d0sPq2")]
    public void Drawn_value_may_be_a_secret(string value) => Assert.Equal(Validity.Undecided, SecretValue.Validate(value).Validity);

    [Theory]
    [InlineData("0101010101010101")] // entropy too low
    [InlineData("1234567890123456")] // no letter
    [InlineData("abcdefghijklmnop")] // no digit
    [InlineData("db-secret-v2-backup")] // a name
    [InlineData("short1")]
    [InlineData("your0KeyIsDrawn1x9")]
    public void Name_or_number_is_no_secret(string value) => Assert.Equal(Validity.Invalid, SecretValue.Validate(value).Validity);

    [Theory]
    [InlineData("hunter2")]
    [InlineData("correct!horse")]
    [InlineData("123456")]
    public void Mix_or_long_number_may_be_a_password(string value) => Assert.Equal(Validity.Undecided, PasswordValue.Validate(value).Validity);

    [Theory]
    [InlineData("string")]
    [InlineData("not-required")]
    [InlineData("12345")]
    [InlineData("a1b2")]
    [InlineData("${PASSWORD1}")]
    [InlineData("****1a")]
    [InlineData("process.env.PASSWORD1")]
    public void Word_template_or_short_text_is_no_password(string value) => Assert.Equal(Validity.Invalid, PasswordValue.Validate(value).Validity);

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.e30.", Validity.Valid)] // {"alg":"none"}
    [InlineData("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.e30", Validity.Valid)] // the header of RFC 7519, section 3.1
    [InlineData("eyJ0eXAiOiJKV1QifQ.e30", Validity.Invalid)] // no algorithm
    [InlineData("eyJhbGciOiJub25lI.e30", Validity.Invalid)] // cut
    [InlineData("W10.e30", Validity.Invalid)] // an array
    [InlineData("e30", Validity.Invalid)]
    public void Token_has_a_header_that_decodes_to_an_object_with_its_algorithm(string token, object validity) =>
        Assert.Equal(validity, JsonWebToken.Validate(token).Validity);

    [Theory]
    [InlineData("a://u:p@h", Validity.Valid)]
    [InlineData("a://:p@h", Validity.Valid)]
    [InlineData("a://u:p@ss@h", Validity.Valid)]
    [InlineData("a://u@h", Validity.Invalid)]
    [InlineData("a://u:@h", Validity.Invalid)]
    [InlineData("a://u:${P}@h", Validity.Invalid)]
    [InlineData("u:p@h", Validity.Invalid)]
    public void Url_password_stands_between_colon_and_at(string url, object validity) => Assert.Equal(validity, UrlPassword.Validate(url).Validity);

    [Fact]
    public void Piece_of_a_payload_is_told_at_any_offset_and_drawn_text_never()
    {
        var payload = System.Buffers.Text.Base64Url.EncodeToString("{\"sub\":\"nobody\",\"name\":\"no one at all\",\"admin\":false}"u8);

        Assert.All(Enumerable.Range(0, 8), start => Assert.Equal(Validity.Undecided, Base64Json.Validate(payload.AsSpan(start)).Validity));
        Gen.Int[0, 1_000_000].Sample(
            seed => Assert.Equal(Validity.Invalid, Base64Json.Validate(SomeSecrets.Drawn(80, SomeSecrets.Base64Url, seed)).Validity),
            iter: 1000);
    }

    [Theory]
    [InlineData(27)]
    [InlineData(64)]
    [InlineData(172)]
    public void Drawn_text_is_told_at_any_length(int length) =>
        Gen.Int[0, 1_000_000].Sample(
            seed =>
            {
                var text = SomeSecrets.Drawn(length, SomeSecrets.Base64Url, seed);
                return RandomText.IsDrawn(text) || !CharacterClasses.Of(text).AreMixed;
            },
            iter: 200,
            seed: "0000KuRo5JL0");

    [Fact]
    public void Words_run_together_are_not_drawn_however_long()
    {
        var words = string.Concat(Enumerable.Repeat("TheQuickBrownFoxJumpsOverLazyDogsAndPacksMyBoxWithFiveDozenLiquorJugs1", 3));

        Assert.All(Enumerable.Range(0, 20), start => Assert.False(RandomText.IsDrawn(words.AsSpan(start, 172))));
    }

    [Fact]
    public void Line_of_a_key_is_judged_without_what_stands_around_it()
    {
        var line = SomeSecrets.Drawn(64, SomeSecrets.Base64);

        Assert.All(
            [line, $"\n{line}\n", $"\r\n    {line}\r\n", $"\\n{line}\\n", $" {line} ", $"\n> {line}"],
            candidate => Assert.Equal(new Validation(Validity.Undecided, candidate.Length), KeyLine.Validate(candidate)));
        Assert.Equal(Validity.Invalid, KeyLine.Validate(SomeSecrets.Drawn(64, SomeSecrets.Hex)).Validity);
        Assert.Equal(Validity.Invalid, KeyLine.Validate("ThisIsNoKeyThisIsNoKeyThisIsNoKeyThisIsNoKeyThisIsNoKeyThisIsNo1").Validity);
    }

    [Fact]
    public void Validator_accepts_any_candidate_and_never_claims_more_than_it_has() =>
        Gen.Select(Gen.OneOf(SomeText.Wild, Gen.String[Gen.Char["aZ09+/=_-.:@\\n \u00E9\u4E2D"], 0, 220]), Gen.OneOf(SecretValidators.All)).Sample(
            (candidate, entry) => Assert.InRange(entry.Validator(candidate).Length, 0, candidate.Length),
            iter: 20_000);
}
