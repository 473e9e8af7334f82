using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class OperatorTests
{
    [Fact]
    public void Nothing_to_change_gives_the_same_instance()
    {
        var text = new string('x', 3);

        Assert.Same(text, Some.Operators(Policy(RuleAction.Redact)).ApplyToRequest(text, []));
        Assert.Same(text, Some.Operators(Policy(RuleAction.Pseudonymise)).ApplyToRequest(text, []));
        Assert.Same(text, Some.Operators(Policy(RuleAction.Pseudonymise)).ApplyToReply(text, []));
    }

    [Theory]
    [InlineData(RuleAction.Redact, "Mail [EMAIL_ADDRESS], pay with [CREDIT_CARD]; [EMAIL_ADDRESS]")]
    [InlineData(RuleAction.Mask, "Mail ***@*******.***, pay with **** **** **** ****; ***@*******.***")]
    [InlineData(RuleAction.Hash, "Mail [EMAIL_ADDRESS:616461406578], pay with [CREDIT_CARD:343131313131]; [EMAIL_ADDRESS:616461406578]")]
    [InlineData(RuleAction.Pseudonymise, "Mail <EMAIL_ADDRESS_1>, pay with <CREDIT_CARD_1>; <EMAIL_ADDRESS_1>")]
    public void Every_occurrence_is_treated(RuleAction action, string enforced) =>
        Assert.Equal(enforced, Detection.Enforced(Policy(action), "Mail ada@example.org, pay with 4111 1111 1111 1111; Ada@Example.org"));

    [Fact]
    public void Values_side_by_side_stay_apart()
    {
        var policy = Some.Policy(Some.Rule("redact", RuleAction.Redact, "A", "B"));

        Assert.Equal("[A][B]!", Some.Operators(policy).ApplyToRequest("aabb!", policy.Replacements(Direction.Input, [Some.Finding("A", 0, 2), Some.Finding("B", 2, 2)])));
    }

    [Theory]
    [InlineData("4111111111111111", 4, "************1111")]
    [InlineData("4111 1111 1111 1111", 4, "**** **** **** 1111")]
    [InlineData("+1 (212) 555-0147", 2, "+* (***) ***-**47")]
    [InlineData("536-22-1234", 0, "***-**-****")]
    [InlineData("GB82 WEST 1234", 8, "**** WEST 1234")]
    [InlineData("ünï-😀x", 1, "***-😀x")]
    [InlineData("1234", 4, "****")]
    [InlineData("12", 8, "**")]
    [InlineData("--", 4, "**")]
    public void Mask_leaves_the_last_letters_and_digits_and_the_shape_and_never_all(string value, int keepLast, string masked) => Assert.Equal(masked, Mask.Of(value, keepLast));

    [Theory]
    [InlineData("4111 1111 1111 1111", "4111-1111-1111-1111")]
    [InlineData("4111 1111 1111 1111", "４１１１111111111111")]
    [InlineData("+1 (212) 555-0147", "1.212.555.0147")]
    [InlineData("536-22-1234", "53\u200B6 22 1234")]
    [InlineData("GB82 WEST 1234 5698 7654 32", "gb82west12345698765432")]
    [InlineData("11.222.333/0001-81", "11222333000181")]
    [InlineData("Ada@Example.org", "ada@example.org")]
    [InlineData("Ada  Lovelace", "ada lovelace")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    public void Spellings_of_one_value_have_one_form(string one, string other) => Assert.Equal(ValueForm.Of(one), ValueForm.Of(other));

    [Theory]
    [InlineData("a.b@example.org", "ab@example.org")]
    [InlineData("a-b@example.org", "ab@example.org")]
    [InlineData("1.11.1.1", "11.1.1.1")]
    [InlineData("10.0.0.1/12", "10.0.0.11/2")]
    [InlineData("1/11/2024", "11/1/2024")]
    [InlineData("2024-1-11", "2024-11-1")]
    [InlineData("example.com/1/23", "example.com/12/3")]
    [InlineData("192.0.2.1:80", "192.0.2.18:0")]
    public void What_separators_tell_apart_keeps_its_separators(string one, string other) => Assert.NotEqual(ValueForm.Of(one), ValueForm.Of(other));

    [Fact]
    public void Hash_is_that_of_the_value_however_it_is_written() =>
        Assert.Equal("[PHONE_NUMBER:323132353535] [PHONE_NUMBER:323132353535]", Detection.Enforced(Policy(RuleAction.Hash), "212-555-0147 (212) 555 0147"));

    private static Policy Policy(RuleAction action) => Some.Policy(Some.Rule("all", action, [.. ShippedPolicies.Pii.Entities]) with { MinScore = 0.5 });
}
