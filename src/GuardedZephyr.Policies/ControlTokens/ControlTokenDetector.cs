using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>
/// Role markers and special tokens of chat templates, which have no business in content. The chat format breaks them up when it
/// encodes; this detector reports them.
/// </summary>
public sealed partial class ControlTokenDetector : IDetector
{
    public const string Category = "control-token";

    private const int LongestMatch = 36;

    public string Name => "control-token";

    public int? Reach => LongestMatch;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<Finding>? findings = null;
        if (text.Surface.AsSpan().ContainsAny('<', '['))
        {
            foreach (var match in Token().EnumerateMatches(text.Surface))
            {
                var (start, length) = text.OriginalSpan(match.Index, match.Length);
                (findings ??= []).Add(new Finding(Category, start, length, 1, Name));
            }
        }

        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings ?? []);
    }

    // <|name|> (Zephyr, ChatML, Llama 3, Phi), [INST] and <<SYS>> (Llama 2, Mistral); not <s>, which is also HTML's strike-through.
    // No two of them can overlap, so matches found one after the other are all there are.
    [GeneratedRegex(@"<\|[A-Za-z0-9_]{1,32}\|>|\[/?INST\]|<</?SYS>>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
