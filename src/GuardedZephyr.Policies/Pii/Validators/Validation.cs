namespace GuardedZephyr.Policies;

/// <param name="Length">How much of the candidate, from its start, the verdict is about: a validator that knows the length from the first characters may cut the rest off.</param>
internal readonly record struct Validation(Validity Validity, int Length)
{
    public static readonly Validation Invalid = new(Validity.Invalid, 0);

    public static Validation Valid(ReadOnlySpan<char> candidate) => new(Validity.Valid, candidate.Length);

    public static Validation Undecided(ReadOnlySpan<char> candidate) => new(Validity.Undecided, candidate.Length);

    /// <summary>Valid when a check digit is right, else dropped.</summary>
    public static Validation Of(bool isRight, ReadOnlySpan<char> candidate) => isRight ? Valid(candidate) : Invalid;
}
