using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PiiExplanationTests
{
    private static readonly Gen<string> Texts =
        Gen.OneOf(SomeText.Filler, SomeText.PersonalData.Select(data => data.Value), SomeText.Wild).Array[0, 12].Select(parts => string.Join(' ', parts));

    [Fact]
    public void What_is_found_is_explained_as_found_and_nothing_else_is() => Texts.Sample(text =>
    {
        var found = ShippedPolicies.Pii.Find(text).Select(finding => (finding.Category, finding.Start, finding.Length, finding.Score)).ToHashSet();
        var explained = ShippedPolicies.Pii.Explain(GuardText.From(text))
            .Where(match => match.Rejection is null)
            .Select(match => (match.Entity, match.Start, match.Length, match.Score!.Value))
            .ToHashSet();
        Assert.Equal(found.Order(), explained.Order());
    }, iter: 300);

    [Fact]
    public void Text_without_a_literal_of_the_recognizer_is_told()
    {
        using var folder = new PolicyFolder(pack: PolicyFolder.Pack.Replace("    min-digits: 4", "    literals: [pin]", StringComparison.Ordinal)
            .Replace(", 'pin 12345'", "", StringComparison.Ordinal));
        var pii = folder.Load().Detectors.OfType<PiiDetector>().Single();

        Assert.Empty(pii.Find("my number is 1234"));
        Assert.Equal(PiiRejection.LacksLiteral, Assert.Single(pii.Explain(GuardText.From("my number is 1234"))).Rejection);
        Assert.Null(Assert.Single(pii.Explain(GuardText.From("my pin is 1234"))).Rejection);
    }

    [Theory]
    [InlineData("12", 4, 2, false)]
    [InlineData("1234", 0, 0, null)]
    public void Value_that_no_prefilter_lets_pass_is_told_what_it_lacks(string value, int needed, int has, bool? lacksCharacter)
    {
        using var folder = new PolicyFolder();

        var misses = folder.Load().Detectors.OfType<PiiDetector>().Single().PrefilterMisses(value);

        Assert.Equal(lacksCharacter is { } lacks ? [new PrefilterMiss("PIN", needed, has, lacks)] : [], misses);
    }
}
