using CsCheck;

namespace GuardedZephyr.Tests.Policies;

public sealed class SecretPropertyTests
{
    private static readonly Gen<string> Secrets = Gen.OneOf(
        Gen.Select(Gen.Int[0, 20], Gen.OneOf(43, 86, 342), SomeSecrets.Jwt),
        Gen.Select(Gen.OneOf("PRIVATE KEY", "OPENSSH PRIVATE KEY"), Gen.Int[1, 30], Gen.OneOf("\n", "\\n", " "), Gen.OneOf(64, 70), SomeSecrets.Pem),
        Gen.OneOf(
            "AKIAIOSFODNN7EXAMPLE",
            "password = \"hunter2!\"",
            "postgres://app:n0t-one@db.example.org:5432/shop",
            "api key Zx81kQp07LmNv52RtZx81kQp07LmNv52",
            "client_secret: Zx81kQp07LmNv52Rt"),
        Gen.Int[0, 1000].Select(seed => SomeSecrets.Drawn(300, SomeSecrets.Base64Url, seed)));

    private static readonly Gen<string> Crowded =
        Gen.Select(Gen.Frequency((2, Secrets), (3, SomeText.Filler)), Gen.Frequency((4, " "), (1, ""), (1, "\n"), (1, ".")), (piece, joint) => piece + joint)
            .Array[8, 30].Select(string.Concat);

    [Fact]
    public void Window_that_reaches_far_enough_gives_the_secrets_of_the_whole_text() =>
        Gen.Select(Crowded, Gen.Int[0, 9000], Gen.Int[0, 400]).Sample(
            (text, from, extra) => Windows.AssertAgrees(SomeSecrets.Detector, text, from, extra),
            iter: 100);
}
