// Measures what a user of the service waits for: start to ready, request to first text, and the guard's share of a turn.
// dotnet run -c Release --project bench/GuardedZephyr.Bench [-- --rounds N --out FILE]
using System.Globalization;
using GuardedZephyr.Bench;

int rounds = int.Parse(Option("--rounds") ?? "10", CultureInfo.InvariantCulture);
string[] prompts =
[
    "List 3 synonyms for the word \"tiny\"",
    "Hello, who are you?",
    "My SSN is 536-22-1234 and my card is 4111 1111 1111 1111",
];

var starts = new List<double>();
var turns = new List<Turn>();
for (int round = 1; round <= rounds; round++)
{
    Console.Error.WriteLine($"round {round} of {rounds}");
    await using ServiceProcess service = await ServiceProcess.StartAsync();
    starts.Add(service.StartToReady.TotalMilliseconds);
    foreach (string prompt in prompts)
    {
        turns.Add(await service.AskAsync(prompt));
    }
}

string report = Report.Write(rounds, prompts, starts, turns);
Console.WriteLine(report);
if (Option("--out") is { } path)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    await File.WriteAllTextAsync(path, report);
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
