using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>What the shipped generic and US packs make of a text together.</summary>
public sealed class GenericEntitiesTests
{
    private static readonly PiiDetector GenericAndUs = ShippedPolicies.Packs("common", "us");

    [Theory]
    [InlineData("Pay 1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i or bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "CRYPTO CRYPTO")]
    [InlineData("my eth wallet is 0xde709f2102306220921060314715629080e2fb77", "CRYPTO")]
    [InlineData("the host 00:00:5E:00:53:AF has 192.0.2.1:443 and 198.51.100.0/24", "MAC_ADDRESS IP_ADDRESS IP_ADDRESS")]
    [InlineData("Open https://example.org/a?b=c and www.example.com.", "URL URL")]
    [InlineData("Met on 2024-11-23 and November 24, 2024", "DATE_TIME DATE_TIME")]
    [InlineData("dob 04/03/1985", "DATE_OF_BIRTH")]
    [InlineData("IMEI 490154203237518, SWIFT DEUTDEFF500", "IMEI SWIFT_CODE")]
    [InlineData("passport A12345678", "US_PASSPORT")]
    [InlineData("my driver's license is D1234567", "US_DRIVER_LICENSE")]
    [InlineData("ITIN 912-70-1234 and Medicare 1EG4-TE5-MK73", "US_ITIN US_MBI")]
    [InlineData("MRN-753356, medical record number D1827638, chart number 00123456", "MEDICAL_RECORD_NUMBER MEDICAL_RECORD_NUMBER MEDICAL_RECORD_NUMBER")]
    [InlineData("s.s.n. 536221234, soc. sec. no 987654321", "US_SSN US_SSN")]
    [InlineData("get example.org/about and ftp.example.org", "URL URL")]
    [InlineData("Medicare claim number 536-22-1234A", "US_MEDICARE")]
    [InlineData("NPI 1234567893", "US_NPI")]
    [InlineData("EIN 12-3456789", "US_EIN")]
    [InlineData("DEA AB1234563", "MEDICAL_LICENSE")]
    [InlineData("routing 021000021", "ABA_ROUTING_NUMBER")]
    [InlineData("checking account 000123456789", "US_BANK_NUMBER")]
    public void Entities_are_found(string text, string entities) =>
        Assert.Equal(entities, string.Join(' ', Found(text).Select(finding => finding.Category)));

    [Theory]
    [InlineData("id 123e4567-e89b-12d3-a456-426614174000 of the wallet")]
    [InlineData("commit de709f2102306220921060314715629080e2fb77")]
    [InlineData("A12345678 D1234567 AB1234563 1234567893 021000021 000123456789 490154203237518 DEUTDEFF 12-3456789")]
    [InlineData("draw 05-12-23-34-45-49 at 12:30:45:10:11:12")]
    [InlineData("version 1.2.34, ratio 3/4/5, in May 2024 I may 5 times")]
    [InlineData("a rise of +20000001 after +1000000")]
    [InlineData("main.py and example.com")]
    [InlineData("the medical records of 150000 people in 2024, and/or")]
    public void Other_text_is_left_alone(string text) => Assert.Empty(Found(text));

    [Fact]
    public void Address_alone_is_found_without_its_port_or_prefix_length()
    {
        const string Text = "at 192.0.2.1:8080, 192.0.2.0/24, [2001:db8::1]:443 and 2001:db8::/32";

        Assert.Equal(["192.0.2.1", "192.0.2.0", "2001:db8::1", "2001:db8::"], Found(Text).Select(finding => finding.TextOf(Text)));
    }

    private static IEnumerable<Finding> Found(string text) => GenericAndUs.Find(text).Where(finding => finding.Score >= 0.5);
}
