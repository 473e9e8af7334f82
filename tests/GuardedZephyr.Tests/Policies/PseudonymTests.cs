using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PseudonymTests
{
    private static readonly Policy Policy = Some.Policy(Some.Rule("contact", RuleAction.Pseudonymise, "EMAIL_ADDRESS", "PHONE_NUMBER") with { MinScore = 0.5 });

    [Fact]
    public void Values_are_numbered_by_category_in_order_of_first_appearance_over_all_texts()
    {
        var request = new Request(Policy);

        Assert.Equal("<EMAIL_ADDRESS_1> or <EMAIL_ADDRESS_2>", request.Read("bob@example.org or ada@example.org"));
        Assert.Equal("<PHONE_NUMBER_1>, <EMAIL_ADDRESS_2>, <EMAIL_ADDRESS_3>", request.Read("212-555-0147, ADA@example.org, eve@example.org"));
        Assert.Equal("<PHONE_NUMBER_1>", request.Read("(212) 555 0147"));
    }

    [Fact]
    public void Placeholder_in_a_reply_becomes_the_spelling_that_was_seen_first()
    {
        var request = new Request(Policy);
        request.Read("Ada@Example.org, ada@example.org, 212-555-0147");

        Assert.Equal("Ask Ada@Example.org (212-555-0147) or Ada@Example.org!", request.Reply("Ask <EMAIL_ADDRESS_1> (<PHONE_NUMBER_1>) or <EMAIL_ADDRESS_1>!"));
    }

    [Theory]
    [InlineData("<EMAIL_ADDRESS_2>")]
    [InlineData("<EMAIL_ADDRESS_01>")]
    [InlineData("<email_address_1>")]
    [InlineData("<EMAIL_ADDRESS_1")]
    [InlineData("< EMAIL_ADDRESS_1>")]
    [InlineData("<PHONE_NUMBER_1>")]
    public void What_is_no_placeholder_of_the_request_stays(string text)
    {
        var request = new Request(Policy);
        request.Read("ada@example.org");

        Assert.Equal(text, request.Reply(text));
        Assert.Equal($"<<ada@example.org {text}", request.Reply($"<<<EMAIL_ADDRESS_1> {text}"));
    }

    [Fact]
    public void Value_that_only_others_wrote_is_not_restored_and_not_said()
    {
        var request = new Request(Policy);
        request.Read("Operator: boss@example.org", seenByUser: false);
        request.Read("I am ada@example.org");

        Assert.Equal("<EMAIL_ADDRESS_1> ada@example.org <EMAIL_ADDRESS_1> ada@example.org", request.Reply("<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2> boss@example.org ada@example.org"));
    }

    [Fact]
    public void Value_that_the_user_wrote_too_is_restored_as_the_user_wrote_it()
    {
        var request = new Request(Policy);
        request.Read("Operator: Boss@Example.org", seenByUser: false);
        request.Read("Are you boss@example.org? BOSS@example.org?");

        Assert.Equal("boss@example.org", request.Reply("<EMAIL_ADDRESS_1>"));
    }

    [Fact]
    public void Value_that_the_request_did_not_have_gets_the_next_number_and_stays_hidden()
    {
        var request = new Request(Policy);
        request.Read("ada@example.org");

        Assert.Equal("<EMAIL_ADDRESS_2>, ada@example.org, <EMAIL_ADDRESS_3>, <EMAIL_ADDRESS_2>", request.Reply("eve@example.org, ada@example.org, bob@example.org, <EMAIL_ADDRESS_2>"));
    }

    [Fact]
    public void Value_of_the_request_that_no_rule_hides_there_is_still_the_users_own_in_the_reply()
    {
        var request = new Request(Some.Policy(Some.Rule("out", RuleAction.Pseudonymise, "EMAIL_ADDRESS") with { On = [Direction.Output] }));

        Assert.Equal("I am ada@example.org", request.Read("I am ada@example.org"));
        Assert.Equal("ada@example.org, <EMAIL_ADDRESS_2>", request.Reply("ada@example.org, bob@example.org"));
    }

    [Theory]
    [InlineData(RuleAction.Mask, "<EMAIL_ADDRESS_1> ***@*******.***")]
    [InlineData(RuleAction.Hash, "<EMAIL_ADDRESS_1> [EMAIL_ADDRESS:616461406578]")]
    [InlineData(RuleAction.Redact, "<EMAIL_ADDRESS_1> [EMAIL_ADDRESS]")]
    [InlineData(RuleAction.Flag, "ada@example.org ada@example.org")]
    [InlineData(RuleAction.Pseudonymise, "ada@example.org ada@example.org")]
    public void Placeholder_is_not_restored_where_a_rule_on_replies_is_stricter(RuleAction action, string reply)
    {
        var request = new Request(Some.Policy(
            Some.Rule("in", RuleAction.Pseudonymise, "EMAIL_ADDRESS") with { On = [Direction.Input] },
            Some.Rule("out", action, "EMAIL_ADDRESS") with { On = [Direction.Output] }));
        request.Read("I am ada@example.org");

        Assert.Equal(reply, request.Reply("<EMAIL_ADDRESS_1> ada@example.org"));
    }

    [Fact]
    public void Rule_in_shadow_neither_makes_pseudonyms_nor_keeps_them_from_being_restored()
    {
        var shadow = new Request(Some.Policy(Some.Rule("in", RuleAction.Pseudonymise, "EMAIL_ADDRESS") with { Mode = RuleMode.Shadow }));
        var request = new Request(Some.Policy(
            Some.Rule("in", RuleAction.Pseudonymise, "EMAIL_ADDRESS"),
            Some.Rule("out", RuleAction.Redact, "EMAIL_ADDRESS") with { Mode = RuleMode.Shadow }));
        request.Read("ada@example.org");

        Assert.Equal("ada@example.org <EMAIL_ADDRESS_1>", shadow.Read("ada@example.org <EMAIL_ADDRESS_1>"));
        Assert.Equal("ada@example.org", request.Reply("<EMAIL_ADDRESS_1>"));
    }

    [Theory]
    [InlineData("<EMAIL_ADDRESS_1>", "< EMAIL_ADDRESS_1>")]
    [InlineData("<<PHONE_NUMBER_77>>", "<< PHONE_NUMBER_77>>")]
    [InlineData("<Email_Address_001>", "< Email_Address_001>")]
    [InlineData("＜EMAIL_ADDRESS_1＞", "＜ EMAIL_ADDRESS_1＞")]
    [InlineData("<EMAIL\u200B_ADDRESS_1>", "< EMAIL\u200B_ADDRESS_1>")]
    [InlineData("<EMAIL_ADDRESS_1><EMAIL_ADDRESS_1>", "< EMAIL_ADDRESS_1>< EMAIL_ADDRESS_1>")]
    [InlineData("ada@example.org <EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_1> < EMAIL_ADDRESS_1>")]
    [InlineData("<EMAIL_ADDRESS_> <EMAIL_ADDRESS_1 <US_SSN_1> <b_1> <", "<EMAIL_ADDRESS_> <EMAIL_ADDRESS_1 <US_SSN_1> <b_1> <")]
    public void Text_of_a_request_that_looks_like_a_placeholder_is_broken_up(string text, string enforced) => Assert.Equal(enforced, new Request(Policy).Read(text));

    [Fact]
    public void Every_turn_makes_the_same_pseudonyms_of_the_same_transcript() =>
        Gen.Select(SomeText.Filler, SomeText.PersonalData, (filler, planted) => $"{filler} {planted.Value}").Array[1, 12].Sample(texts =>
        {
            var (first, later) = (new Request(Policy), new Request(Policy));

            var enforced = texts.Select(text => first.Read(text)).ToArray();

            Assert.Equal(enforced, texts.Select(text => later.Read(text)));
            Assert.All(enforced.Zip(texts), pair => Assert.Equal(LettersAndDigits(pair.Second), LettersAndDigits(new Operators(Some.Digits, first.Pseudonyms).ApplyToReply(pair.First, []))));
        });

    [Fact]
    public void Nothing_about_values_is_in_the_text_form_of_pseudonyms()
    {
        var request = new Request(Policy);
        request.Read("ada@example.org");

        Assert.DoesNotContain("ada", request.Pseudonyms.ToString(), StringComparison.Ordinal);
        Assert.Equal([nameof(Pseudonyms.LongestPlaceholder)], typeof(Pseudonyms).GetProperties().Select(property => property.Name));
    }

    private static string LettersAndDigits(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>The texts of one request, and replies to it.</summary>
    private sealed class Request(Policy policy)
    {
        public Pseudonyms Pseudonyms { get; } = new(policy);

        public string Read(string text, bool seenByUser = true)
        {
            var findings = ShippedPolicies.Pii.Find(text);
            Pseudonyms.Note(text, Direction.Input, findings, seenByUser);
            return new Operators(Some.Digits, Pseudonyms).ApplyToRequest(text, policy.Replacements(Direction.Input, findings));
        }

        public string Reply(string text)
        {
            var operators = new Operators(Some.Digits, Pseudonyms);
            return operators.ApplyToReply(text, [.. policy.Replacements(Direction.Output, ShippedPolicies.Pii.Find(text)).Where(replacement => !operators.LeavesInReply(text, replacement))]);
        }
    }
}
