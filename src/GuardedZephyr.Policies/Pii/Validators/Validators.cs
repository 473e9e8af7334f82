using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>The validators that recognizer packs may name.</summary>
internal static class Validators
{
    private static readonly FrozenDictionary<string, Validator> ByName = new (string Name, Validator Validator)[][]
    {
        GenericValidators.All,
        EuropeValidators.All,
        UsValidators.All,
        WorldValidators.All,
        SecretValidators.All,
        NameValidators.All,
    }.SelectMany(table => table).ToFrozenDictionary(entry => entry.Name, entry => entry.Validator);

    public static IEnumerable<string> Names => ByName.Keys.Order();

    public static Validator? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Null for a validator that no pack can name.</summary>
    public static string? NameOf(Validator validator) => ByName.FirstOrDefault(entry => entry.Value == validator).Key;
}

/// <summary>Judges a candidate, given as it stands on the matching surface, separators and all.</summary>
internal delegate Validation Validator(ReadOnlySpan<char> candidate);
