namespace GuardedZephyr.Policies;

/// <summary>Which policy decided.</summary>
/// <param name="Sha256">Lower-case hexadecimal digest over the policy file and every file it names.</param>
public sealed record PolicyIdentity(string Name, int Version, string Sha256);
