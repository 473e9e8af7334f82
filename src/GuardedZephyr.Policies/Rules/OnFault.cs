namespace GuardedZephyr.Policies;

/// <summary>What becomes of a text that a detector could not judge.</summary>
public enum OnFault
{
    /// <summary>It is unjudged and does not pass.</summary>
    Block,

    /// <summary>The other detectors decide; the failure stands in the verdict.</summary>
    Allow,
}
