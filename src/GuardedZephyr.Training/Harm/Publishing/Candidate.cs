using System.Text.Json;

namespace GuardedZephyr.Training.Harm;

/// <summary>A network that was trained, and what it reached; kept beside its checkpoint.</summary>
internal sealed record Candidate(string Network, long Parameters, double Minutes, Selection Figures)
{
    private const string FileName = "figures.json";

    public static Candidate? Load(string checkpoints, string network)
    {
        var path = Path.Combine(checkpoints, network + "." + FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<Candidate>(File.ReadAllText(path)) : null;
    }

    public void Save(string checkpoints) => File.WriteAllText(Path.Combine(checkpoints, Network + "." + FileName), JsonSerializer.Serialize(this));
}
