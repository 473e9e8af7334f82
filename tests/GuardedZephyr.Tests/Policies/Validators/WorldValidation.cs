using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

internal static class WorldValidation
{
    /// <summary>What the validator that packs know by this name makes of a candidate.</summary>
    public static Validity Of(string validator, string candidate) =>
        (Validators.Find(validator) ?? throw new ArgumentException($"no validator '{validator}'", nameof(validator)))(candidate).Validity;
}
