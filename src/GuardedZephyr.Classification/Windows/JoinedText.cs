using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>A part of a text behind the end of what came before it in the conversation, short enough for one window.</summary>
/// <param name="Seam">Where the part begins in <paramref name="Text"/>.</param>
/// <param name="Start">Where it begins in the text's matching surface.</param>
internal sealed record JoinedText(string Text, int Seam, int Start)
{
    /// <summary>
    /// A message is read on from the messages before it, and from the last of them alone: a request that is split over turns is whole again. A reply is read behind its question, with its
    /// beginning and, when that is not all of it, with its end: of a reply that streams, what is about to be released.
    /// </summary>
    /// <param name="longest">Characters in a window.</param>
    public static IEnumerable<JoinedText> Of(GuardText text, Direction direction, int longest)
    {
        var surface = text.Surface;
        if (text.Before.Count == 0 || string.IsNullOrWhiteSpace(surface))
        {
            yield break;
        }

        // Three fifths for the text: the longest segment that a gate releases fits.
        var own = Math.Min(surface.Length, longest * 3 / 5);
        var all = Tail(text.Before, longest - own - 1);
        if (all.Length == 0)
        {
            yield break;
        }

        if (direction == Direction.Output)
        {
            // No sentence goes on from a question to its answer.
            yield return new JoinedText($"{all}\n{surface[..own]}", all.Length + 1, 0);
            if (own < surface.Length)
            {
                yield return new JoinedText($"{all}\n{surface[^own..]}", all.Length + 1, surface.Length - own);
            }

            yield break;
        }

        yield return new JoinedText($"{all} {surface[..own]}", all.Length + 1, 0);

        // What was said earlier waters down a request whose first half was said last.
        var last = Tail([text.Before[^1]], longest - own - 1);
        if (last.Length > 0 && last.Length < all.Length)
        {
            yield return new JoinedText($"{last} {surface[..own]}", last.Length + 1, 0);
        }
    }

    /// <summary>Whether a window holds something of both sides.</summary>
    public bool Straddles(TextWindow window) => window.Start < Seam && window.End > Seam;

    /// <summary>The part of the matching surface that a window which straddles the seam holds.</summary>
    public TextWindow Source(TextWindow window) => new(Start, window.End - Seam);

    /// <summary>The last <paramref name="longest"/> characters of the texts, joined by spaces.</summary>
    private static string Tail(IReadOnlyList<GuardText> texts, int longest)
    {
        var tail = "";
        for (var i = texts.Count - 1; i >= 0 && tail.Length < longest; i--)
        {
            var surface = texts[i].Surface.AsSpan().Trim();
            tail = $"{surface[^Math.Min(surface.Length, longest)..]} {tail}".TrimEnd();
        }

        return tail[^Math.Min(tail.Length, longest)..];
    }
}
