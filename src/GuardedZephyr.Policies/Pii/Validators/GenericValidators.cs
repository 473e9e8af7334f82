namespace GuardedZephyr.Policies;

/// <summary>What is checked the same way everywhere.</summary>
internal static class GenericValidators
{
    public static (string Name, Validator Validator)[] All { get; } =
    [
        ("base58check", Base58Check.Validate),
        ("bech32", Bech32.Validate),
        ("bic", BankIdentifier.Validate),
        ("date", CalendarDate.Validate),
        ("eip55", Eip55.Validate),
        ("iban", Iban.Validate),
        ("iban-length", Iban.ValidateLength),
        ("ip", IpAddressText.Validate),
        ("luhn", PaymentCard.Validate),
        ("mac", MacAddress.Validate),
        ("phone", PhoneShape.Validate),
        ("phone-international", InternationalPhone.Validate),
    ];
}
