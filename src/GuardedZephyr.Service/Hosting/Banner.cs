using System.Reflection;
using GuardedZephyr.Guardrails;

namespace GuardedZephyr.Service;

/// <summary>What a person needs who has just started the service.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, IEnumerable<string> addresses, Serving serving, ApiKeys keys)
    {
        var version = typeof(Banner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        output.WriteLine($"GuardedZephyr {version}");
        foreach (var address in addresses)
        {
            output.WriteLine($"  Chat page       {address}/");
            output.WriteLine($"  OpenAI clients  {address}/v1  ({(keys.AreRequired ? "with an API key" : "any API key")})");
        }

        output.WriteLine($"  Model           {serving.ModelId}");
        foreach (var (name, policy, _, _) in serving.Policies())
        {
            var label = name == GuardPolicies.Default ? "" : $"{name}: ";
            output.WriteLine($"  Policy          {label}{policy.Name} v{policy.Version} (SHA-256 {policy.Sha256[..12]}...)");
        }

        output.WriteLine($"  Audit log       {serving.AuditPath}");
        output.WriteLine("Press Ctrl+C to stop.");
    }
}
