namespace GuardedZephyr.Bench;

/// <summary>Inputs of a secret scanner's plugin tests.</summary>
internal static class SecretTestReader
{
    private const string IpPlugin = "ip_public";

    public static Sample? Read(DataRow row)
    {
        var plugin = row.Labels.GetProperty("plugin").GetString()!;
        var kind = plugin == IpPlugin ? Kind.IpAddress : Kind.Secret;
        Gold[] gold = row.Labels.GetProperty("should_flag").GetBoolean() ? [new Gold(kind, 0, row.Text.Length, IsWholeText: true)] : [];
        return new Sample("detect_secrets_tests", row.Number, row.Text, gold, new HashSet<Kind> { kind }, plugin);
    }
}
