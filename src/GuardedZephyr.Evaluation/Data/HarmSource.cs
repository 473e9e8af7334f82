namespace GuardedZephyr.Evaluation;

/// <summary>One set of the catalog.</summary>
internal sealed class HarmSource
{
    /// <summary>File name without <c>.jsonl.gz</c> or <c>.jsonl</c>.</summary>
    public string Set { get; init; } = "";

    public string Licence { get; init; } = "";

    /// <summary><c>train</c>; <c>calibrate</c>, harmless prompts of another hand that thresholds are set on and nothing is trained on; <c>held-out</c>, the same licences but kept for measuring; <c>dev-only</c> or <c>redteam</c>, measured and never trained on.</summary>
    public string Use { get; init; } = "train";

    /// <summary>At most this many rows, drawn by seed; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>Weight of a row in the loss.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>Everyday text whose words and sentences fill the generated benign prompts.</summary>
    public bool Neutral { get; init; }

    /// <summary>Its harmless rows are what people ask an assistant: they count for the false-positive rate.</summary>
    public bool Prompts { get; init; }

    /// <summary>What the set's figures stand for in the headline of a report: one of <see cref="SetKind"/>; null for nothing.</summary>
    public string? Kind { get; init; }

    /// <summary>The source's label that names the groups of people a row speaks of, a value or a list.</summary>
    public string? Groups { get; init; }

    /// <summary>File in <c>Annotations/</c> with a line for each row: its number and our labels for it, <c>-</c> when harmless, <c>?</c> to leave it out. Rules are then not needed.</summary>
    public string? Annotations { get; init; }

    /// <summary>All rules that match a row apply, in order; a row on which none says anything is left out.</summary>
    public List<HarmRule> Rules { get; init; } = [];
}
