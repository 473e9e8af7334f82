using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>A request, and the reply that the model would give in these chunks.</summary>
internal sealed record TurnScript(IReadOnlyList<ChatMessage> Request, IReadOnlyList<string> Reply)
{
    /// <summary>No stand-in is longer than what it stands for, so released text is never longer than recorded text.</summary>
    private static readonly string[] Pieces =
    [
        "The small house is blue. ", "Paris is a city, and so on. ", "Write to ada@example.com soon. ", "My number is 536-22-1234! ", "Bluebird said so. ",
        "ada@example.com", "536-22-1234", " Bluebird ", "a ", "and then, ", "one, two, three.\n", "How are you today? ",
    ];

    public static TurnScript Draw(Random random)
    {
        ChatMessage[] request = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new ChatMessage(ChatRole.User, Text(random, pieces: 6, badOneIn: 40)))];
        string reply = Text(random, pieces: 25, badOneIn: 120);
        var chunks = new List<string>();
        for (int start = 0, length; start < reply.Length; start += length)
        {
            length = Math.Min(random.Next(1, 60), reply.Length - start);
            chunks.Add(reply.Substring(start, length));
        }

        return new TurnScript(request, chunks);
    }

    private static string Text(Random random, int pieces, int badOneIn) =>
        string.Concat(Enumerable.Range(0, random.Next(1, pieces)).Select(_ => random.Next(badOneIn) == 0 ? "BADWORD. " : Pieces[random.Next(Pieces.Length)]));
}
