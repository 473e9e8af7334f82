namespace GuardedZephyr.Policies;

/// <summary>Identifiers of the United States.</summary>
internal static class UsValidators
{
    public static (string Name, Validator Validator)[] All { get; } =
    [
        ("aba", AbaRouting.Validate),
        ("dea", DeaNumber.Validate),
        ("ssn", UsSsn.Validate),
        ("us-ein", UsEin.Validate),
        ("us-hicn", UsHicn.Validate),
        ("us-itin", UsItin.Validate),
        ("us-npi", Npi.Validate),
    ];
}
