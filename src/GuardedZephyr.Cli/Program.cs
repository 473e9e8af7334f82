using GuardedZephyr.Cli;

return await ZephyrCommand.RunAsync(args);
