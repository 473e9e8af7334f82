using System.Text.RegularExpressions;

namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>
/// Repeating words. Every reply token is one to copy, so the heads that copy from the question form early; all other lessons need
/// them to find the word that is asked about.
/// </summary>
internal sealed partial class EchoLesson(LessonFile file)
{
    private static readonly string[] Ask = ["Repeat: {0}", "Repeat after me: {0}", "Say this again: {0}", "Echo: {0}", "Repeat \"{0}\"", "Say {0}"];

    private readonly string[] _words =
    [
        .. file.Lessons.SelectMany(lesson => lesson.Items.SelectMany(item => item.Value.Append(item.Key)))
            .Concat(file.Slots.Values.SelectMany(words => words))
            .SelectMany(text => Words().Matches(text).Select(word => word.Value))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public Exchange Draw(Random random)
    {
        var words = string.Join(' ', Enumerable.Range(0, random.Next(1, 10)).Select(_ => _words[random.Next(_words.Length)]));
        return new Exchange("echo", string.Format(null, Ask[random.Next(Ask.Length)], words), words);
    }

    [GeneratedRegex(@"[\p{L}\p{N}_]+")]
    private static partial Regex Words();
}
