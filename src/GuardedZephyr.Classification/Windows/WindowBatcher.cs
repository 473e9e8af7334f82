namespace GuardedZephyr.Classification;

/// <summary>Puts neighbouring windows of a text together, so that the words that windows share are computed once. Thread-safe.</summary>
internal sealed class WindowBatcher(FeatureSettings settings)
{
    /// <summary>Words of a batch, about: it bounds the memory of a run.</summary>
    private const int MostWords = 1024;

    private const int MostWindows = 64;

    private readonly FeatureExtractor _extractor = new(settings);

    /// <summary>Every window with a word in it, in the order of their first words.</summary>
    public IEnumerable<WindowBatch> Batches(string text, IEnumerable<TextWindow> windows)
    {
        var features = new TextFeatures();
        _extractor.Extract(text, features);
        var spans = windows
            .Select(window => (Window: window, First: FirstWord(features, window.Start), End: FirstWord(features, window.End)))
            .Where(span => span.End > span.First)
            .OrderBy(span => span.First)
            .ToArray();
        for (var start = 0; start < spans.Length;)
        {
            var end = start + 1;
            var last = spans[start].End;
            while (end < spans.Length && end - start < MostWindows && Math.Max(last, spans[end].End) - spans[start].First <= MostWords)
            {
                last = Math.Max(last, spans[end].End);
                end++;
            }

            yield return Batch(features, spans.AsSpan(start, end - start), last);
            start = end;
        }
    }

    /// <summary>The index of the first word that begins at or behind a place of the text.</summary>
    private static int FirstWord(TextFeatures features, int position)
    {
        var found = features.Starts.BinarySearch(position);
        return found < 0 ? ~found : found;
    }

    private WindowBatch Batch(TextFeatures features, ReadOnlySpan<(TextWindow Window, int First, int End)> spans, int last)
    {
        // A word near a window's edge knows its neighbours beyond it.
        var from = Math.Max(0, spans[0].First - settings.Neighbours);
        var to = Math.Min(features.Count, last + settings.Neighbours);
        var count = to - from;
        var longest = 1;
        foreach (var span in spans)
        {
            longest = Math.Max(longest, span.End - span.First);
        }

        var first = features.NgramStart(from);
        var ngrams = features.Ngrams.GetRange(first, features.NgramEnds[to - 1] - first);
        var ngramWords = new long[ngrams.Count];
        var shares = new float[count];
        for (var word = from; word < to; word++)
        {
            var (start, end) = (features.NgramStart(word) - first, features.NgramEnds[word] - first);
            ngramWords.AsSpan(start, end - start).Fill(word - from);
            shares[word - from] = 1f / (end - start);
        }

        var windows = new TextWindow[spans.Length];
        var places = new int[spans.Length * longest];
        Array.Fill(places, count);
        for (var i = 0; i < spans.Length; i++)
        {
            windows[i] = spans[i].Window;
            for (var word = spans[i].First; word < spans[i].End; word++)
            {
                places[(i * longest) + word - spans[i].First] = word - from;
            }
        }

        return new WindowBatch
        {
            Windows = windows,
            Words = [.. features.Words.GetRange(from, count)],
            Ngrams = [.. ngrams],
            NgramWords = ngramWords,
            NgramShares = shares,
            Places = places,
            Longest = longest,
        };
    }
}
