namespace GuardedZephyr.Policies;

/// <summary>
/// A text to judge: the original, and the normalised surface that detectors match on. The model and the user only ever see the
/// original or an enforced text; findings are given in offsets of the original.
/// </summary>
public sealed class GuardText
{
    private readonly int[]? _map;

    private GuardText(string original, string surface, int[]? map)
    {
        Original = original;
        Surface = surface;
        _map = map;
    }

    /// <summary>The text as the caller gave it.</summary>
    public string Original { get; }

    /// <summary>The text to match on.</summary>
    public string Surface { get; }

    public static GuardText From(string text) => new(text, text, null);

    /// <summary>Offset in <see cref="Original"/> of the character that gave surface character <paramref name="surfaceIndex"/>; the length of the original for the end.</summary>
    public int OriginalOffset(int surfaceIndex) => _map is null ? surfaceIndex : _map[surfaceIndex];
}
