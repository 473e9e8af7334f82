using System.Reflection;

namespace GuardedZephyr.Service;

/// <summary>What a person needs who has just started the service.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, IEnumerable<string> addresses, Serving serving)
    {
        var version = typeof(Banner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        output.WriteLine($"GuardedZephyr {version}");
        foreach (var address in addresses)
        {
            output.WriteLine($"  Chat page       {address}/");
            output.WriteLine($"  OpenAI clients  {address}/v1  (any API key)");
        }

        output.WriteLine($"  Model           {serving.ModelId}");
        output.WriteLine($"  Policy          {serving.Policy.Name} v{serving.Policy.Version} (SHA-256 {serving.Policy.Sha256[..12]}...)");
        output.WriteLine($"  Audit log       {serving.AuditPath}");
        output.WriteLine("Press Ctrl+C to stop.");
    }
}
