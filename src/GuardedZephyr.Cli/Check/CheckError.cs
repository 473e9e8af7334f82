using System.Text.Json;

namespace GuardedZephyr.Cli;

/// <summary>The output line for an input line that cannot be judged.</summary>
internal sealed record CheckError(JsonElement? Id, string Error);
