using GuardedZephyr.Guardrails;

namespace GuardedZephyr.Service;

/// <summary>The keys of the configuration section <c>GuardedZephyr:Keys</c>; without any, the service is for this machine alone and asks for none.</summary>
internal sealed class ApiKeys(IReadOnlyList<ApiKey> keys)
{
    public bool AreRequired => keys.Count > 0;

    /// <summary>Reads the keys: by name their <c>Hash</c> and the <c>Policy</c> that judges what comes with them.</summary>
    /// <exception cref="StartupException">A key cannot be used; the message says which and why.</exception>
    public static ApiKeys Read(IConfiguration configuration)
    {
        IConfigurationSection root = configuration.GetSection(ServiceHost.ConfigurationSection);
        string[] policies = [GuardPolicies.Default, .. root.GetSection("Policies").GetChildren().Select(policy => policy.Key)];
        return new ApiKeys([.. root.GetSection("Keys").GetChildren().Select(section => Read(section, policies))]);
    }

    /// <returns>Null when it is none of them.</returns>
    public ApiKey? Find(string text)
    {
        ApiKey? found = null;
        foreach (var key in keys)
        {
            found = key.Hash.IsOf(text) ? key : found; // all of them, so that the time tells nothing
        }

        return found;
    }

    private static ApiKey Read(IConfigurationSection section, string[] policies)
    {
        if (section.GetChildren().FirstOrDefault(setting => !setting.Key.Equals("Hash", StringComparison.OrdinalIgnoreCase) && !setting.Key.Equals("Policy", StringComparison.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new StartupException($"{section.Path}: unknown setting '{unknown.Key}'; known are Hash and Policy.");
        }

        var hash = ApiKeyHash.Parse(section["Hash"])
            ?? throw new StartupException($"{section.Path}:Hash must be 'sha256:' with salt and hash, as 'zephyr key new' makes it; the key itself is written down nowhere.");
        var policy = section["Policy"] ?? GuardPolicies.Default;
        return policies.Contains(policy, StringComparer.OrdinalIgnoreCase)
            ? new ApiKey(section.Key, hash, policy)
            : throw new StartupException($"{section.Path}:Policy: there is no policy '{policy}'; known are {string.Join(", ", policies)}. {ServiceHost.ConfigurationSection}:Policies names others.");
    }
}
