using System.Buffers;

namespace GuardedZephyr.Classification;

/// <summary>Puts the spaces back into words that were run together, by the common words in them. Time is linear in the length.</summary>
internal static class WordSplitter
{
    private const int PerUnknownRun = 3;
    private const int PerUnknownLetter = 1;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <returns>The same when it holds no common word.</returns>
    public static string Split(string letters)
    {
        // The cheapest way to read the first i letters as common words and unknown runs.
        var cost = new double[letters.Length + 1];
        var wordStart = new int[letters.Length + 1];
        var isUnknown = new bool[letters.Length + 1];
        for (var end = 1; end <= letters.Length; end++)
        {
            var goesOn = end > 1 && isUnknown[end - 1];
            cost[end] = cost[end - 1] + PerUnknownLetter + (goesOn ? 0 : PerUnknownRun);
            wordStart[end] = goesOn ? wordStart[end - 1] : end - 1;
            isUnknown[end] = true;
            for (var start = Math.Max(0, end - CommonWords.Longest); start < end; start++)
            {
                var word = letters.AsSpan(start, end - start);
                if (!word.ContainsAnyExcept(Letters) && CommonWords.Contains(word) && cost[start] + CostOf(word.Length) is var known && known < cost[end])
                {
                    (cost[end], wordStart[end], isUnknown[end]) = (known, start, false);
                }
            }
        }

        var words = new Stack<string>();
        for (var end = letters.Length; end > 0; end = wordStart[end])
        {
            words.Push(letters[wordStart[end]..end]);
        }

        return string.Join(' ', words);
    }

    /// <summary>Short words come about by chance inside unknown ones.</summary>
    private static double CostOf(int length) => length switch { 1 => 0.5, 2 => 2.5, 3 => 2, _ => 1 };
}
