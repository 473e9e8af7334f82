using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class EuropePropertyTests
{
    /// <summary>What a pattern could hand over, and what none would: lengths about those of the numbers, letters where digits belong.</summary>
    private static readonly Gen<string> Candidate = Gen.OneOf(
        Gen.String[Gen.Char["0123456789"], 0, 20],
        Gen.String[Gen.Char["0123456789ABCDEIKLMTUXZab -./+*"], 0, 20],
        SomeText.Wild);

    [Fact]
    public void No_validator_throws_whatever_it_is_given() =>
        Candidate.Sample(
            candidate =>
            {
                foreach (var (name, validator) in EuropeValidators.All)
                {
                    var validation = validator(candidate);
                    Assert.True(validation.Length == (validation.Validity == Validity.Invalid ? 0 : candidate.Length), name);
                }
            },
            iter: 5000);

    [Fact]
    public void Names_are_given_once() => Assert.Distinct(EuropeValidators.All.Select(entry => entry.Name));
}
