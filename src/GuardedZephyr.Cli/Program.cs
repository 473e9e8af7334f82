using GuardedZephyr.Cli;

return await ZephyrCommand.RunAsync(args, Console.Out, Console.Error);
