using GuardedZephyr.Service;

return await ServiceProgram.RunAsync(args, Composition.Add);
