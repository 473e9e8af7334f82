namespace GuardedZephyr.Classification;

/// <summary>A text that another one hides. Offsets are UTF-16 code units of that other text.</summary>
/// <param name="Surface">The writing: <c>base64</c>, <c>rot13</c> ...; where one hides in another, both, the outer first: <c>base64+rot13</c>.</param>
/// <param name="Start">Where what was decoded begins.</param>
internal sealed record DecodedText(string Surface, string Text, int Start, int Length)
{
    /// <summary>Where each character of <see cref="Text"/> came from, and the end; null when only all of it together has a place.</summary>
    public int[]? Offsets { get; init; }

    /// <summary>What a part of <see cref="Text"/> came from.</summary>
    public TextWindow Source(TextWindow part) => Offsets is null ? new TextWindow(Start, Length) : new TextWindow(Offsets[part.Start], Offsets[part.End] - Offsets[part.Start]);

    /// <summary>The same in the offsets of the text that <paramref name="outer"/> was found in, when this was found in the text of <paramref name="outer"/>.</summary>
    public DecodedText Within(DecodedText outer)
    {
        var span = outer.Source(new TextWindow(Start, Length));
        return new DecodedText($"{outer.Surface}+{Surface}", Text, span.Start, span.Length)
        {
            Offsets = outer.Offsets is null || Offsets is null ? null : Array.ConvertAll(Offsets, offset => outer.Offsets[offset]),
        };
    }
}
