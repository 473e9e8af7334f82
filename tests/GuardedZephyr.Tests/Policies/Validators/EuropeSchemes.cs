using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Judges a number by the name that packs use for its scheme.</summary>
internal static class EuropeSchemes
{
    public static Validity Judge(string validator, string number) => GuardedZephyr.Policies.Validators.Find(validator)!(number).Validity;
}
