using System.Text;

namespace GuardedZephyr.Bench;

/// <summary>Harmless English of any length, from sentences put together by seed.</summary>
internal static class OrdinaryText
{
    private static readonly string[] Subjects = ["The committee", "My neighbour", "A young engineer", "The bakery on the corner", "Our teacher", "The old library", "A group of students", "The weather service", "Her cousin", "The museum"];
    private static readonly string[] Verbs = ["wrote a report about", "opened an exhibition on", "asked many questions about", "gave a talk on", "has always loved", "finally understood", "sent us a letter about", "is looking for help with", "made a short film about", "compared two books on"];
    private static readonly string[] Objects = ["the history of bridges", "growing tomatoes on a balcony", "linear algebra", "the migration of birds", "bread with a dark crust", "repairing bicycles", "public transport in small towns", "the water cycle", "medieval music", "databases"];
    private static readonly string[] Ends = [". ", ", which took all summer. ", " last week. ", "; nobody expected that. ", " and invited everyone. ", " for the first time. "];

    public static string Of(int length, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length + 100);
        while (text.Length < length)
        {
            text.Append(Pick(Subjects)).Append(' ').Append(Pick(Verbs)).Append(' ').Append(Pick(Objects)).Append(Pick(Ends));
        }

        return text.ToString(0, length);

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
