using System.Buffers;
using System.Text;

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

    /// <summary>
    /// The text to match on: invisible characters are gone, and compatible forms of ASCII letters, digits, dashes and spaces are ASCII.
    /// Never longer than <see cref="Original"/>; the same instance when there is nothing to fold.
    /// </summary>
    public string Surface { get; }

    /// <summary>
    /// What was said before in the conversation, oldest first: for detectors that judge a text as a whole. Nothing is matched on it, and no finding lies in it.
    /// </summary>
    public IReadOnlyList<GuardText> Before { get; private init; } = [];

    public static GuardText From(string text, IReadOnlyList<GuardText>? before = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        before ??= [];
        var plain = PlainPrefix(text);
        if (plain == text.Length)
        {
            return new GuardText(text, text, null) { Before = before };
        }

        var surface = ArrayPool<char>.Shared.Rent(text.Length);
        var map = ArrayPool<int>.Shared.Rent(text.Length + 1);
        try
        {
            var length = Fold(text, plain, surface, map);
            return new GuardText(text, new string(surface, 0, length), map.AsSpan(0, length + 1).ToArray()) { Before = before };
        }
        finally
        {
            ArrayPool<char>.Shared.Return(surface, clearArray: true);
            ArrayPool<int>.Shared.Return(map);
        }
    }

    /// <summary>Offset in <see cref="Original"/> of the character that gave surface character <paramref name="surfaceIndex"/>; the length of the original for the end.</summary>
    public int OriginalOffset(int surfaceIndex) => _map is null ? surfaceIndex : _map[surfaceIndex];

    /// <summary>
    /// The span of <see cref="Original"/> that gave a span of the surface: invisible characters between its ends lie inside, surrogate
    /// pairs stay whole.
    /// </summary>
    /// <param name="surfaceLength">At least 1.</param>
    public (int Start, int Length) OriginalSpan(int surfaceStart, int surfaceLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(surfaceLength);
        var start = OriginalOffset(surfaceStart);
        var end = OriginalOffset(surfaceStart + surfaceLength - 1) + 1;
        if (SplitsPair(start))
        {
            start--;
        }

        return (start, (SplitsPair(end) ? end + 1 : end) - start);
    }

    private static int PlainPrefix(string text)
    {
        for (var index = 0; ;)
        {
            var step = text.AsSpan(index).IndexOfAnyExceptInRange('\0', '\x7F');
            if (step < 0)
            {
                return text.Length;
            }

            index += step;
            if (Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var consumed) == OperationStatus.Done && Folding.Fold(rune) != rune.Value)
            {
                return index;
            }

            index += consumed;
        }
    }

    /// <summary>Fills surface and map, whose first <paramref name="plain"/> characters are those of the text; gives the surface's length.</summary>
    private static int Fold(string text, int plain, Span<char> surface, Span<int> map)
    {
        text.AsSpan(0, plain).CopyTo(surface);
        for (var i = 0; i < plain; i++)
        {
            map[i] = i;
        }

        var length = plain;
        for (var index = plain; index < text.Length;)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var consumed);
            var folded = status == OperationStatus.Done ? Folding.Fold(rune) : text[index];
            if (status == OperationStatus.Done && folded == rune.Value && consumed == 2)
            {
                surface[length] = text[index];
                map[length++] = index;
                surface[length] = text[index + 1];
                map[length++] = index + 1;
            }
            else if (folded != Folding.Dropped)
            {
                surface[length] = (char)folded;
                map[length++] = index;
            }

            index += consumed;
        }

        map[length] = text.Length;
        return length;
    }

    private bool SplitsPair(int offset) => offset > 0 && offset < Original.Length && char.IsSurrogatePair(Original[offset - 1], Original[offset]);
}
