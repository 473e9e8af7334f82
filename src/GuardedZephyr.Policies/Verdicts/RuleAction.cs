namespace GuardedZephyr.Policies;

/// <summary>What a rule does with findings, in rising severity: of several rules that match, the most severe decides.</summary>
public enum RuleAction
{
    Allow,

    /// <summary>Recorded, not enforced.</summary>
    Flag,

    /// <summary>The found text is replaced by <c>&lt;CATEGORY_n&gt;</c>, which is turned back in the reply: see <see cref="Pseudonyms"/>.</summary>
    Pseudonymise,

    /// <summary>Letters and digits of the found text are replaced by <c>*</c>, but for the last few.</summary>
    Mask,

    /// <summary>The found text is replaced by <c>[CATEGORY:hash]</c>: the same value always gives the same hash.</summary>
    Hash,

    /// <summary>The found text is replaced by <c>[CATEGORY]</c>.</summary>
    Redact,

    /// <summary>The model is not called; a person's written answer is given.</summary>
    Respond,

    /// <summary>The model is not called, or its reply ends here; the policy's refusal is given.</summary>
    Block,
}
