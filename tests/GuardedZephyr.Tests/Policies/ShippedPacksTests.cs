using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ShippedPacksTests
{
    [Theory]
    [InlineData("My SSN is 536-22-1234 and my card is 4111 1111 1111 1111", "My SSN is [US_SSN] and my card is [CREDIT_CARD]")]
    [InlineData("ssn:536-22-1234,dob:1980-01-01", "ssn:[US_SSN],dob:[DATE_OF_BIRTH]")]
    [InlineData("He wrote 536 22 1234.", "He wrote [US_SSN].")]
    [InlineData("my social security no is 536221234, ok?", "my social security no is [US_SSN], ok?")]
    [InlineData("Write to ada@example.org today.", "Write to [EMAIL_ADDRESS] today.")]
    [InlineData("<ada@example.org>,<bob@example.org>", "<[EMAIL_ADDRESS]>,<[EMAIL_ADDRESS]>")]
    [InlineData("user:ada@example.org/secret", "user:[EMAIL_ADDRESS]/secret")]
    [InlineData("Ring +44 20 7946 0958 or 0044 20 7946 0958.", "Ring [PHONE_NUMBER] or [PHONE_NUMBER].")]
    [InlineData("Call (212) 555-0147 x12, then 212.555.0199", "Call [PHONE_NUMBER], then [PHONE_NUMBER]")]
    [InlineData("my mobile is 07700 900123", "my mobile is [PHONE_NUMBER]")]
    [InlineData("text me on 5550147 or 555-0147", "text me on [PHONE_NUMBER] or [PHONE_NUMBER]")]
    [InlineData("Visa 4111-1111-1111-1111 exp 12/27 cvv 123", "Visa [CREDIT_CARD] exp 12/27 cvv 123")]
    [InlineData("4111 1111 1111 1111 12 27 123", "[CREDIT_CARD] 12 27 123")]
    [InlineData("5555555555554444;378282246310005", "[CREDIT_CARD];[CREDIT_CARD]")]
    [InlineData("Send it to DE89 3704 0044 0532 0130 00 please", "Send it to [IBAN_CODE] please")]
    [InlineData("iban gb29nwbk60161331926819.", "iban [IBAN_CODE].")]
    [InlineData("my credit card number is 1234 5678 9012 3456, and the debit card number 4111111111111112", "my credit card number is [CREDIT_CARD], and the debit card number [CREDIT_CARD]")]
    [InlineData("My SSN: 987-10-4321. His S-S-N is 000221234", "My SSN: [US_SSN]. His S-S-N is [US_SSN]")]
    [InlineData("IBAN: DE00 3704 0044 0532 0130 00 and the BIC", "IBAN: [IBAN_CODE] and the BIC")]
    [InlineData("phone +86 20 61302222-8866 or, at 1pm, at 123 456 7890", "phone [PHONE_NUMBER] or, at 1pm, at [PHONE_NUMBER]")]
    [InlineData("ping 192.0.2.1, 2001:db8::1 and [::1]:80", "ping [IP_ADDRESS], [IP_ADDRESS] and [[IP_ADDRESS]]:80")]
    [InlineData("536-22-1234 536-22-1234\n536-22-1234", "[US_SSN] [US_SSN]\n[US_SSN]")]
    public void Personal_data_is_replaced(string text, string redacted) => Assert.Equal(redacted, Detection.Redacted(text));

    [Theory]
    [InlineData("The meeting is on 2024-11-23 at 10:30, room 1234.")]
    [InlineData("Call me on 01/02/2024 or 23.11.2024 between 10 and 11.")]
    [InlineData("I paid $1,234,567.89 and got EUR 536.22 back.")]
    [InlineData("Upgrade from 10.0.19041.1 to v1.2.3.4 or 1.2.3.4.5")]
    [InlineData("Order 123456789 of 2019-2024 has 2125550147 items")]
    [InlineData("call about order number 4012345678")]
    [InlineData("card 4111 1111 1111 1112 has a wrong check digit")]
    [InlineData("credit cards in 2024: 12345678 people hold 1234-5678 of them, version 4111.1111.1111.1112")]
    [InlineData("DE00370400440532013000 has wrong check digits, 987-10-4321 is never issued")]
    [InlineData("the phone rang on 04/21/2020 12:37:30 while Mobile Chrome 45.0.8460.1 computed 45*31-339243873")]
    [InlineData("pi is 3.14159265358979323846 and e 2.718281828459045")]
    [InlineData("id 123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("1A:2B:3C:4D:5E at 12:30:45")]
    [InlineData("std::vector<int> a::b f :: Int")]
    [InlineData("meet @ noon, @handle, user@localhost")]
    [InlineData("the ratio 16:9, the score 3-2, the range 100-200")]
    [InlineData("000-12-3456, 666-12-3456, 900-12-3456, 536-00-1234, 536-12-0000")]
    [InlineData("1536-22-1234 and 536-22-12345 and 536-22-1234-5678")]
    [InlineData("ISBN 978-3-16-148410-0 and EAN 4006381333931")]
    [InlineData("ring 911, text 988, call 116 123")]
    public void Other_numbers_are_left_alone(string text) => Assert.Equal(text, Detection.Redacted(text));

    [Fact]
    public void Standard_policy_says_what_it_needs_from_its_host()
    {
        var policy = ShippedPolicies.Standard;

        Assert.Equal("standard", policy.Identity.Name);
        Assert.Equal(OnFault.Block, policy.OnFault);
        Assert.Equal(Path.GetFullPath(Path.Combine(ShippedPolicies.Folder, "..", "models", "harm-classifier")), policy.Harm?.ModelPath);
        Assert.Contains("self-harm", policy.RequiredLabels);
        Assert.Equal(["control-token", "pii", "crisis-kind"], policy.Detectors.Select(detector => detector.Name));
    }

    [Fact]
    public void Crisis_response_names_the_crisis_lines()
    {
        var verdict = ShippedPolicies.Standard.Decide(Direction.Input, [new Finding("self-harm", 0, 20, 0.9, "harm")], []);

        var reply = ShippedPolicies.Standard.ReplyFor(verdict);

        Assert.Contains("988", reply, StringComparison.Ordinal);
        Assert.Contains("116 123", reply, StringComparison.Ordinal);
        Assert.Contains("local emergency number", reply, StringComparison.Ordinal);
    }
}
