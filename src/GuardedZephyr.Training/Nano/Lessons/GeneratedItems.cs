using System.Globalization;

namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>Items that code can list better than a file: the key is followed by the values {1}, {2} ...</summary>
internal static class GeneratedItems
{
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    public static Dictionary<string, List<string>> Create(string generator) => generator switch
    {
        "sums" => Pairs((a, b) => a + b),
        "differences" => Pairs((a, b) => a - b).Where(item => item.Value[2][0] != '-').ToDictionary(),
        "products" => Pairs((a, b) => a * b),
        "next-day" => Neighbours(Days, 1),
        "previous-day" => Neighbours(Days, -1),
        "next-month" => Neighbours(Months, 1),
        "previous-month" => Neighbours(Months, -1),
        "next-letter" => Enumerable.Range('A', 25).ToDictionary(letter => $"{(char)letter}", letter => new List<string> { $"{(char)(letter + 1)}" }),
        "counts" => Counts(),
        _ => throw new ArgumentException($"No generator is named '{generator}'.", nameof(generator)),
    };

    private static Dictionary<string, List<string>> Pairs(Func<int, int, int> apply)
    {
        var numbers = Enumerable.Range(0, 11).ToList();
        return numbers.SelectMany(a => numbers.Select(b => (a, b)))
            .ToDictionary(e => $"{e.a} {e.b}", e => new List<string> { Text(e.a), Text(e.b), Text(apply(e.a, e.b)) });
    }

    private static Dictionary<string, List<string>> Neighbours(string[] names, int step) => names.Index().ToDictionary(
        name => name.Item, name => new List<string> { names[(name.Index + step + names.Length) % names.Length] });

    private static Dictionary<string, List<string>> Counts() => Enumerable.Range(1, 8)
        .SelectMany(from => Enumerable.Range(from + 2, 10).Select(to => (from, to)))
        .Where(range => range.to <= 12)
        .ToDictionary(
            range => $"{range.from} {range.to}",
            range => new List<string>
            {
                Text(range.from), Text(range.to), string.Join(", ", Enumerable.Range(range.from, range.to - range.from + 1).Select(Text)),
            });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
