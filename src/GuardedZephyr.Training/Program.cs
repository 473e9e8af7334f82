using System.CommandLine;
using GuardedZephyr.Training.Harm;
using GuardedZephyr.Training.Nano;

var root = new RootCommand("Trains the models that ship with GuardedZephyr.") { NanoCommand.Create(), HarmCommand.Create() };
return await root.Parse(args).InvokeAsync();
