namespace GuardedZephyr.Classification;

/// <summary>Places of a text that are to be read another way, in the text's order, none over another.</summary>
internal sealed class Respelling(string text)
{
    /// <summary>How much of the text around a respelled place is read with it.</summary>
    private const int Context = 200;

    private readonly List<Change> _changes = [];

    public void Replace(int start, int length, string replacement) => _changes.Add(new Change(start, length, replacement));

    /// <summary>Adds the passages that hold the respelled places, with what stands around them; places near each other share one.</summary>
    public void AddPassages(string surface, ICollection<DecodedText> found)
    {
        for (var first = 0; first < _changes.Count;)
        {
            var last = first;
            while (last + 1 < _changes.Count && _changes[last + 1].Start - _changes[last].End <= 2 * Context)
            {
                last++;
            }

            found.Add(Passage(surface, first, last));
            first = last + 1;
        }
    }

    private DecodedText Passage(string surface, int first, int last)
    {
        var start = BoundaryBefore(_changes[first].Start);
        var end = BoundaryBehind(_changes[last].End);
        var characters = new List<char>(end - start);
        var offsets = new List<int>(end - start + 1);
        var position = start;
        for (var i = first; i <= last; i++)
        {
            var change = _changes[i];
            Copy(position, change.Start);
            for (var k = 0; k < change.Replacement.Length; k++)
            {
                characters.Add(change.Replacement[k]);
                offsets.Add(change.Replacement.Length == change.Length ? change.Start + k : change.Start);
            }

            position = change.End;
        }

        Copy(position, end);
        offsets.Add(end);
        return new DecodedText(surface, new string([.. characters]), start, end - start) { Offsets = [.. offsets] };

        void Copy(int from, int to)
        {
            for (; from < to; from++)
            {
                characters.Add(text[from]);
                offsets.Add(from);
            }
        }
    }

    private int BoundaryBefore(int position)
    {
        var start = Math.Max(0, position - Context);
        while (start > 0 && start < position && !char.IsWhiteSpace(text[start - 1]))
        {
            start++;
        }

        return start;
    }

    private int BoundaryBehind(int position)
    {
        var end = Math.Min(text.Length, position + Context);
        while (end < text.Length && end > position && !char.IsWhiteSpace(text[end]))
        {
            end--;
        }

        return end;
    }

    private readonly record struct Change(int Start, int Length, string Replacement)
    {
        public int End => Start + Length;
    }
}
