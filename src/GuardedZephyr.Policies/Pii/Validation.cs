namespace GuardedZephyr.Policies;

/// <param name="Length">How much of the candidate, from its start, the verdict is about: a validator that knows the length from the first characters may cut the rest off.</param>
internal readonly record struct Validation(Validity Validity, int Length)
{
    public static readonly Validation Invalid = new(Validity.Invalid, 0);
}
