namespace GuardedZephyr.Policies;

/// <summary>What a policy file says about turns as a whole: who may write system messages, and what follows a reply that is blocked midway.</summary>
/// <param name="Retries">How many segments of a reply may be written anew.</param>
internal sealed record TurnSection(ClientSystem ClientSystem, int Retries)
{
    private const int DefaultRetries = 2;
    private const int MaxRetries = 5;

    private static readonly Dictionary<string, ClientSystem> ClientSystems = new() { ["allow"] = ClientSystem.Allow, ["judge"] = ClientSystem.Judge, ["forbid"] = ClientSystem.Forbid };

    /// <summary>Whether it retries.</summary>
    private static readonly Dictionary<string, bool> Blocks = new() { ["refuse"] = false, ["retry"] = true };

    public static TurnSection Read(MapReader policy)
    {
        var clientSystem = policy.Choice("client-system", ClientSystems) ?? ClientSystem.Judge;
        var retry = policy.Choice("on-output-block", Blocks);
        var retries = policy.Integer("retries", min: 1, MaxRetries);
        if (policy.Has("retries") && retry != true && (retry is not null || !policy.Has("on-output-block")))
        {
            policy.Error(policy.LineOf("retries"), "'retries' goes with on-output-block retry alone");
        }

        return new TurnSection(clientSystem, retry == true ? retries ?? DefaultRetries : 0);
    }
}
