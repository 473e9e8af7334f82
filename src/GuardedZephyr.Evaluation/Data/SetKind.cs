namespace GuardedZephyr.Evaluation;

/// <summary>What a set stands for in the headline.</summary>
internal static class SetKind
{
    /// <summary>What people ask an assistant on an ordinary day; the harmless rows set the threshold.</summary>
    public const string Ordinary = "ordinary";

    /// <summary>Harmless texts that look harmful.</summary>
    public const string HardNegative = "hard-negative";

    /// <summary>Requests for harm.</summary>
    public const string Request = "request";

    /// <summary>Toxic texts beside others.</summary>
    public const string Toxicity = "toxicity";

    /// <summary>Harmless texts that name groups of people.</summary>
    public const string Identity = "identity";

    public static IReadOnlyList<string> All { get; } = [Ordinary, HardNegative, Request, Toxicity, Identity];
}
