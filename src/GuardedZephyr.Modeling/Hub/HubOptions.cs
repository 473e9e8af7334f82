namespace GuardedZephyr.Modeling.Hub;

public sealed record HubOptions
{
    public string Endpoint { get; init; } = "https://huggingface.co";

    /// <summary>For gated and private models; sent to the endpoint only.</summary>
    public string? Token { get; init; }

    /// <summary>Attempts in a row that bring nothing new before a file is given up.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>A connection that brings nothing for so long counts as cut.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes that are free where a folder is.</summary>
    internal Func<string, long> FreeSpace { get; init; } = DiskSpace.Available;

    /// <summary>What is done between attempts.</summary>
    internal Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;

    /// <summary>As other tools of the hub read the environment: HF_ENDPOINT and HF_TOKEN.</summary>
    public static HubOptions FromEnvironment()
    {
        var options = new HubOptions { Token = Environment.GetEnvironmentVariable("HF_TOKEN") };
        return Environment.GetEnvironmentVariable("HF_ENDPOINT") is { Length: > 0 } endpoint ? options with { Endpoint = endpoint } : options;
    }
}
