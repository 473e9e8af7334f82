using System.CommandLine;

namespace GuardedZephyr.Training.Nano;

internal static class NanoCommand
{
    public static Command Create() => new("nano");
}
