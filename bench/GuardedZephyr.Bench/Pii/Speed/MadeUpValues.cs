using System.Globalization;

namespace GuardedZephyr.Bench;

/// <summary>
/// Personal data of nobody, in the sentences that it is given in: published test numbers of cards, the account number of ISO 13616's
/// example, telephone numbers of the range kept for fiction, addresses of documentation domains and networks (RFC 2606, RFC 5737).
/// </summary>
internal sealed class MadeUpValues(Random random)
{
    private static readonly string[] Cards = ["4111 1111 1111 1111", "5555555555554444", "3782 822463 10005", "6011-1111-1111-1117"];

    public int Count() => random.Next(1, 4);

    public string Sentence() => random.Next(6) switch
    {
        0 => $"My email is {Pick("ada", "lin", "omar", "zoe")}.{Digits(3)}@example.{Pick("org", "net")}.",
        1 => $"Call me at ({random.Next(201, 990)}) 555-01{Digits(2)}.",
        2 => $"My SSN is {random.Next(100, 660)}-{random.Next(10, 99)}-{random.Next(1000, 9999)}.",
        3 => $"Use my card {Pick(Cards)}.",
        4 => $"I am on 203.0.113.{random.Next(1, 255)}.",
        _ => "My IBAN is GB29 NWBK 6016 1331 9268 19.",
    };

    private string Pick(params string[] values) => values[random.Next(values.Length)];

    private string Digits(int count) => random.Next((int)Math.Pow(10, count)).ToString($"D{count}", CultureInfo.InvariantCulture);
}
