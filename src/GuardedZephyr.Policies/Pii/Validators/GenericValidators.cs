namespace GuardedZephyr.Policies;

/// <summary>What is checked the same way everywhere.</summary>
internal static class GenericValidators
{
    public static (string Name, Validator Validator)[] All { get; } =
    [
        ("iban", Iban.Validate),
        ("ip", IpAddressText.Validate),
        ("luhn", PaymentCard.Validate),
        ("phone", PhoneShape.Validate),
        ("ssn", UsSsn.Validate),
    ];
}
