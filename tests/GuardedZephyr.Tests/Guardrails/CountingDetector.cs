using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Finds one word wherever it stands, and counts the texts it was asked about.</summary>
/// <param name="isWhole">Judges texts as a whole, like a classifier.</param>
internal sealed class CountingDetector(string name, string word, string category, bool isWhole = false) : IDetector
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public string Name => name;

    public int? Reach => isWhole ? null : word.Length;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var findings = new List<Finding>();
        for (int at = text.Surface.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.Surface.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            (int start, int length) = text.OriginalSpan(at, word.Length);
            findings.Add(new Finding(category, start, length, 1, name));
        }

        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
