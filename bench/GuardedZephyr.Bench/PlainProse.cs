using System.Text;

namespace GuardedZephyr.Bench;

/// <summary>Harmless English of sentences drawn at random: no two texts are the same, so nothing is known from before.</summary>
internal sealed class PlainProse(int seed)
{
    private static readonly string[] Subjects = ["The gardener", "My neighbour", "A small team", "The library", "Our teacher", "The old train", "A careful cook", "The museum", "This recipe", "The river"];
    private static readonly string[] Verbs = ["explains", "repairs", "describes", "prepares", "visits", "compares", "measures", "paints", "carries", "remembers"];
    private static readonly string[] Objects = ["a wooden bridge", "the summer market", "three kinds of bread", "an unusual story", "the weather of last week", "a list of books", "fresh vegetables", "the new timetable", "a long walk", "simple music"];
    private static readonly string[] Ends = ["with great care", "every other morning", "for the visitors", "before the rain begins", "in a quiet room", "together with friends", "as planned last year", "on the way home"];

    private readonly Random _random = new(seed);

    /// <param name="length">In characters.</param>
    public string Text(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Pick(Subjects)).Append(' ').Append(Pick(Verbs)).Append(' ').Append(Pick(Objects)).Append(' ').Append(Pick(Ends)).Append(". ");
        }

        return text.ToString(0, length);
    }

    private string Pick(string[] words) => words[_random.Next(words.Length)];
}
