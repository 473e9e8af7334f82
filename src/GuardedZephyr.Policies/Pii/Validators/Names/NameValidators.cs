namespace GuardedZephyr.Policies;

/// <summary>What tells names and addresses from other capitalised words. None of them can prove anything.</summary>
internal static class NameValidators
{
    public static (string Name, Validator Validator)[] All { get; } =
    [
        ("address-text", StreetAddress.ValidateField),
        ("family-name", candidate => PersonName.Judge(candidate, minWords: 1, isBehindTitle: true)),
        ("given-name", candidate => PersonName.Judge(candidate, minWords: 1, mustBeKnown: true)),
        ("given-name-pair", candidate => PersonName.Judge(candidate, minWords: 2, mustBeKnown: true)),
        ("person-name", candidate => PersonName.Judge(candidate, minWords: 1)),
        ("person-name-pair", candidate => PersonName.Judge(candidate, minWords: 2)),
        ("place-name", PlaceName.Validate),
        ("street-address", StreetAddress.Validate),
    ];
}
