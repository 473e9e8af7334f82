using System.CommandLine;

namespace GuardedZephyr.Bench;

/// <summary>What a user of the service waits for: start to ready, request to first text, and the guard's share of a turn.</summary>
internal static class ServiceCommand
{
    private static readonly string[] Prompts =
    [
        "List 3 synonyms for the word \"tiny\"",
        "Hello, who are you?",
        "My SSN is 536-22-1234 and my card is 4111 1111 1111 1111",
    ];

    private static readonly Option<int> Rounds = new("--rounds") { Description = "Fresh processes.", HelpName = "N", DefaultValueFactory = _ => 10 };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "The report; it is printed in any case.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("service", "Measure what a user of the service waits for.") { Rounds, Out };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rounds = parsed.GetValue(Rounds);
        var starts = new List<double>();
        var turns = new List<Turn>();
        for (var round = 1; round <= rounds; round++)
        {
            await Console.Error.WriteLineAsync($"round {round} of {rounds}");
            await using var service = await ServiceProcess.StartAsync();
            starts.Add(service.StartToReady.TotalMilliseconds);
            foreach (var prompt in Prompts)
            {
                turns.Add(await service.AskAsync(prompt));
            }
        }

        var report = ServiceReport.Write(rounds, Prompts, starts, turns);
        Console.WriteLine(report);
        if (parsed.GetValue(Out) is { } file)
        {
            file.Directory!.Create();
            await File.WriteAllTextAsync(file.FullName, report, cancellationToken);
        }

        return 0;
    }
}
