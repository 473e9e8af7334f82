using System.CommandLine;

namespace GuardedZephyr.Training.Harm;

internal static class HarmCommand
{
    public static Command Create() => new("harm");
}
