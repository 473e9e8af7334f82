using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class GenericValidatorPropertyTests
{
    private static readonly Gen<string> Candidate = Gen.OneOf(
        SomeText.Wild,
        Gen.Char["0123456789"].Array[0, 40].Select(characters => new string(characters)),
        Gen.Char["0123456789 .-/+()"].Array[0, 40].Select(characters => new string(characters)),
        Gen.Char["0123456789abcdefxABCDEFXZ:"].Array[0, 100].Select(characters => new string(characters)),
        Gen.OneOf("0x", "bc1", "tb1q", "+", "00", "1", "9", "2024-").SelectMany(start => Gen.Char["0123456789qpzry8gf2tvdw0s3jn54khce6mua7l"].Array[0, 60].Select(rest => start + new string(rest))));

    public static TheoryData<string> Names => [.. GenericValidators.All.Concat(UsValidators.All).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Validator_takes_any_candidate_and_judges_no_more_than_there_is(string name)
    {
        var validator = Validators.Find(name)!;

        Candidate.Sample(
            candidate =>
            {
                var validation = validator(candidate);

                Assert.InRange(validation.Length, 0, candidate.Length);
                Assert.Equal(validation.Validity == Validity.Invalid || candidate.Length == 0, validation.Length == 0);
            },
            iter: 2000);
    }
}
