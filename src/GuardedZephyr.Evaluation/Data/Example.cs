namespace GuardedZephyr.Evaluation;

/// <summary>A text with what is known of its labels.</summary>
/// <param name="Labels">For each label 1, 0 or <see cref="Silent"/>.</param>
/// <param name="Held">Not to be trained on.</param>
/// <param name="AnyHarm">1 when the source calls the text harmful without saying how, 0 when harmless, else <see cref="Silent"/>.</param>
internal sealed record Example(string Text, string Source, sbyte[] Labels, sbyte AnyHarm, float Weight, bool Held, PromptKind Prompt)
{
    /// <summary>The source says nothing on this label: masked in the loss, left out of figures.</summary>
    public const sbyte Silent = -1;

    /// <summary>What the row is called in reports: its id, else its number in the file, from 0.</summary>
    public string Id { get; init; } = "";

    /// <summary>The groups of people that the text speaks of, as the source calls them.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Harmless on every label.</summary>
    public bool Harmless => Array.TrueForAll(Labels, label => label == 0);
}

/// <summary>Whether a text is what people ask an assistant, as against posts and news.</summary>
internal enum PromptKind
{
    None,

    /// <summary>Of a set or a grammar that other rows are trained on.</summary>
    Familiar,

    /// <summary>Of a set that no row is trained on.</summary>
    Foreign,
}
