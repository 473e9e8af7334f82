namespace GuardedZephyr.Audit;

/// <summary>One decision on one text. Holds no user text: the text is present as a keyed hash and a length.</summary>
public sealed record AuditRecord
{
    /// <summary>Given by the log, rising by one; 0 before it is appended.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Id of the turn: the response id that the client sees.</summary>
    public required string Turn { get; init; }

    public string? Conversation { get; init; }

    /// <summary><c>input</c>, <c>tool</c> or <c>output</c>.</summary>
    public required string Direction { get; init; }

    /// <summary><c>allowed</c>, <c>modified</c>, <c>blocked</c>, <c>unjudged</c>; <c>aborted</c> when the turn ended early.</summary>
    public required string Outcome { get; init; }

    /// <summary><c>allow</c>, <c>flag</c>, <c>pseudonymise</c>, <c>mask</c>, <c>hash</c>, <c>redact</c>, <c>respond</c> or <c>block</c>; <c>retry</c> when a segment was blocked and written anew.</summary>
    public required string Action { get; init; }

    public IReadOnlyList<string> Rules { get; init; } = [];

    public IReadOnlyList<string> ShadowRules { get; init; } = [];

    /// <summary>What <see cref="Outcome"/> would be if <see cref="ShadowRules"/> were enforced; null when none matched.</summary>
    public string? ShadowOutcome { get; init; }

    /// <summary>What <see cref="Action"/> would be then.</summary>
    public string? ShadowAction { get; init; }

    public IReadOnlyList<AuditFinding> Findings { get; init; } = [];

    public IReadOnlyList<string> FailedDetectors { get; init; } = [];

    public required string PolicyName { get; init; }

    public required int PolicyVersion { get; init; }

    public required string PolicySha256 { get; init; }

    /// <summary>Id of the model that the turn is for.</summary>
    public string? Model { get; init; }

    /// <summary>Time the guard took for this decision, in milliseconds.</summary>
    public double GuardMilliseconds { get; init; }

    /// <summary>HMAC-SHA256 of the text in UTF-8, lower-case hexadecimal, under the key that <see cref="KeyId"/> names.</summary>
    public required string TextHmac { get; init; }

    public required string KeyId { get; init; }

    /// <summary>Where the text starts in the message or reply that it is part of and that the findings' offsets count from, in UTF-16 code units.</summary>
    public int TextStart { get; init; }

    /// <summary>UTF-16 code units.</summary>
    public required int TextLength { get; init; }
}
