namespace GuardedZephyr.Classification;

/// <summary>Finds what a text hides in one kind of writing. Linear in the text's length; on ordinary text it costs a glance and finds nothing.</summary>
internal interface ISurfaceDecoder
{
    /// <summary>Adds what was found, in the order of the text. Never throws, whatever UTF-16 the text is.</summary>
    void Decode(string text, ICollection<DecodedText> found);
}
