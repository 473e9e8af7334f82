using System.CommandLine;
using GuardedZephyr.Bench;
using GuardedZephyr.Policies;

var root = new RootCommand("Measures GuardedZephyr.") { ServiceCommand.Create(), AccuracyCommand.Create(), SpeedCommand.Create(), ClassifierCommand.Create(), GuardCommand.Create(), ModelCommand.Create(), ModelLoad.CreateCommand() };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is PolicyFileException or IOException or InvalidDataException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"bench: {exception.Message}");
    return 2;
}
