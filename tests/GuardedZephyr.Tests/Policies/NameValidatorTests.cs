using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class NameValidatorTests
{
    public static TheoryData<string> Names => [.. NameValidators.All.Select(entry => entry.Name)];

    [Theory]
    [InlineData("person-name", "Quillon Featherby", "Quillon Featherby")]
    [InlineData("person-name", "J. R. Pemberton", "J. R. Pemberton")]
    [InlineData("person-name", "Joost van den Akker", "Joost van den Akker")]
    [InlineData("person-name", "Tamsin Q.", "Tamsin Q.")]
    [InlineData("person-name", "Quill, Tamsin", "Quill, Tamsin")]
    [InlineData("person-name", "Tamsin And", "Tamsin")]
    [InlineData("person-name", "Joost van", "Joost")]
    [InlineData("person-name", "Tamsin's Bakery", "Tamsin")]
    [InlineData("person-name", "Tamsin’s", "Tamsin")]
    [InlineData("person-name", "Tamsin White", "Tamsin White")]
    [InlineData("family-name", "White", "White")]
    [InlineData("person-name-pair", "Quillon Featherby Monday", "Quillon Featherby")]
    [InlineData("given-name", "emma instead", "emma")]
    [InlineData("given-name", "Anne-Marie", "Anne-Marie")]
    [InlineData("given-name-pair", "Emma Quillfeather", "Emma Quillfeather")]
    [InlineData("place-name", "Quillton, OH 44101", "Quillton, OH 44101")]
    [InlineData("street-address", "12 Main Street", "12 Main Street")]
    [InlineData("address-text", "44 The Featherings", "44 The Featherings")]
    public void What_can_be_a_name_or_an_address_is_kept_without_what_is_none(string validator, string candidate, string kept) =>
        Assert.Equal(new Validation(Validity.Undecided, kept.Length), Validators.Find(validator)!(candidate));

    [Theory]
    [InlineData("person-name", "Monday")]
    [InlineData("person-name", "Hiring Manager")]
    [InlineData("person-name", "customer")]
    [InlineData("person-name", "Pending")]
    [InlineData("person-name", "Congress")]
    [InlineData("person-name", "van der")]
    [InlineData("person-name", "Q.")]
    [InlineData("person-name-pair", "Quillon")]
    [InlineData("person-name-pair", "Vice President")]
    [InlineData("person-name-pair", "Quillon Monday")]
    [InlineData("person-name", "White")]
    [InlineData("family-name", "President")]
    [InlineData("given-name", "Quillon")]
    [InlineData("given-name-pair", "Emma")]
    [InlineData("given-name-pair", "Thomas And")]
    [InlineData("place-name", "May 20500")]
    [InlineData("street-address", "2 miles down the road")]
    [InlineData("street-address", "Main Street")]
    [InlineData("address-text", "12345")]
    [InlineData("address-text", "a1@example.org")]
    [InlineData("address-text", "https://example.org/1")]
    [InlineData("person-name", "")]
    [InlineData("place-name", "")]
    [InlineData("address-text", "")]
    public void What_stands_in_a_names_place_and_is_none_is_dropped(string validator, string candidate) =>
        Assert.Equal(Validity.Invalid, Validators.Find(validator)!(candidate).Validity);

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_candidate_is_judged_and_no_more_of_it_than_there_is(string name)
    {
        var validator = Validators.Find(name)!;

        Gen.OneOf(SomeText.Wild, Gen.OneOf("Emma", "van", "Quill's", "J.", " ", ",", "Monday", "12", "’s", "-").Array[0, 8].Select(string.Concat)).Sample(
            candidate =>
            {
                var validation = validator(candidate);
                Assert.True(validation.Validity == Validity.Invalid || (validation.Length > 0 && validation.Length <= candidate.Length));
            },
            iter: 2000);
    }
}
