using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ShippedNamesTests
{
    private static readonly PiiDetector NamesAndAddresses = ShippedPolicies.Packs("names", "addresses");

    [Theory]
    [InlineData("Hello, my name is Quillon Featherby and I live in Quillton.", "Hello, my name is [PERSON] and I live in [LOCATION].")]
    [InlineData("Dear Tamsin,\nthe roof leaks.\nBest regards,\nDr. Quillon van der Berg\n12 Oakes Road, Apt 4B, Springfield, IL 62704", "Dear [PERSON],\nthe roof leaks.\nBest regards,\nDr. [PERSON]\n[STREET_ADDRESS], [LOCATION]")]
    [InlineData("{\"first_name\": \"tamsin\", \"lastName\": \"Quill\", \"street\": \"7 Mill End\", \"city\": \"Quillton\"}", "{\"first_name\": \"[PERSON]\", \"lastName\": \"[PERSON]\", \"street\": \"[STREET_ADDRESS]\", \"city\": \"[LOCATION]\"}")]
    [InlineData("From: Quillon Featherby <q@example.org>", "From: [PERSON] <q@example.org>")]
    [InlineData("Ich heiße Jörg Tannhuber und wohne Quillweg 12a, 10115 Berlin", "Ich heiße [PERSON] und wohne [STREET_ADDRESS]")]
    [InlineData("The patient, Emma Quillfeather, was admitted.", "The patient, [PERSON], was admitted.")]
    [InlineData("my name is\u00A0Quill\u200Bon Featherby.", "my name is\u00A0[PERSON].")]
    [InlineData("Name: Featherby\nClient: Quill, 44\nReport signed by Tamsin White.", "Name: [PERSON]\nClient: [PERSON], 44\nReport signed by [PERSON].")]
    [InlineData("Morning Quillon, ask Mr. White.", "Morning [PERSON], ask Mr. [PERSON].")]
    [InlineData("Please follow up with Tamsin ten Oake. Supervisor: Featherby. Thanks, Quillon!", "Please follow up with [PERSON]. Supervisor: [PERSON]. Thanks, [PERSON]!")]
    [InlineData("The account 7835 is held by Quill.\n- **Name:** Tamsin Quill\n- **Address**: 7 Mill End", "The account 7835 is held by [PERSON].\n- **Name:** [PERSON]\n- **Address**: [STREET_ADDRESS]")]
    [InlineData("Thanks Emma, she was treated by Quill.", "Thanks [PERSON], she was treated by [PERSON].")]
    [InlineData("She resides in North Quillton, at 306 N. Quill St. MC 702 Quillton, IL 61801-1234", "She resides in [LOCATION], at [STREET_ADDRESS] [LOCATION]")]
    [InlineData("call me emma from now on", "call me [PERSON] from now on")]
    public void Names_and_addresses_are_replaced_and_the_words_around_them_stay(string text, string expected) => Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("Who is Emma Quillfeather, and what did she write?")]
    [InlineData("Dear Hiring Manager, I am American and I'm Sure.")]
    [InlineData("Dear Sir or Madam,\nThank you.\nBest regards,\nThe Support Team")]
    [InlineData("My name is not important; call me back on Monday.")]
    [InlineData("It is 2 miles down the road, 5 minutes by car in 2019.")]
    [InlineData("Cite a 2016 Supreme Court case, or 10000 People in May 2020.")]
    [InlineData("Good Morning America, I miss Miss America and Mr. President.")]
    [InlineData("name: string\naddress: null\ncity: unknown")]
    [InlineData("Thanks Everyone, follow up with Customer Support or meet with Human Resources. Adviser: Yes")]
    [InlineData("Dear Retirement Account,\nthanks to the team, thank you for it.")]
    [InlineData("Hello World! Hey Siri, this is Great.")]
    public void Ordinary_sentences_are_left_alone(string text) => Assert.Equal(text, Redacted(text));

    private static string Redacted(string text) => Detection.Redacted(NamesAndAddresses, text);
}
