namespace GuardedZephyr.Policies;

/// <summary>What is checked the same way everywhere.</summary>
internal static class GenericValidators
{
    public static (string Name, Validator Validator)[] All { get; } =
    [
        ("base58check", Base58Check.Validate),
        ("bech32", Bech32.Validate),
        ("bic", BankIdentifier.Validate),
        ("damm", candidate => CheckCharacters.OfDigits(candidate, Damm.Holds)),
        ("date", CalendarDate.Validate),
        ("eip55", Eip55.Validate),
        ("iban", Iban.Validate),
        ("iban-length", Iban.ValidateLength),
        ("ip", IpAddressText.Validate),
        ("iso7064-mod11-10", candidate => CheckCharacters.OfDigits(candidate, Iso7064.Mod11_10)),
        ("iso7064-mod11-2", candidate => CheckCharacters.OfText(candidate, Iso7064.Mod11_2)),
        ("iso7064-mod37-2", candidate => CheckCharacters.OfText(candidate, Iso7064.Mod37_2)),
        ("iso7064-mod37-36", candidate => CheckCharacters.OfText(candidate, Iso7064.Mod37_36)),
        ("iso7064-mod97-10", candidate => CheckCharacters.OfText(candidate, Iso7064.Mod97_10)),
        ("luhn", PaymentCard.Validate),
        ("mac", MacAddress.Validate),
        ("phone", PhoneShape.Validate),
        ("phone-international", InternationalPhone.Validate),
        ("verhoeff", candidate => CheckCharacters.OfDigits(candidate, Verhoeff.Holds)),
    ];
}
