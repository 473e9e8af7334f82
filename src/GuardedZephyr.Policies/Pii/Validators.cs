using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>The validators that recognizer packs may name.</summary>
internal static class Validators
{
    private static readonly FrozenDictionary<string, Validator> ByName = new Dictionary<string, Validator>
    {
        ["iban"] = Iban.Validate,
        ["ip"] = IpAddressText.Validate,
        ["luhn"] = Luhn.Validate,
        ["phone"] = PhoneShape.Validate,
        ["ssn"] = UsSsn.Validate,
    }.ToFrozenDictionary();

    public static IEnumerable<string> Names => ByName.Keys.Order();

    public static Validator? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>Judges a candidate, given as it stands on the matching surface.</summary>
internal delegate Validation Validator(ReadOnlySpan<char> candidate);
