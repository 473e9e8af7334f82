using GuardedZephyr.Audit;

namespace GuardedZephyr.Tests.Audit;

internal static class SomeRecord
{
    public static AuditRecord Of(string turn) => new()
    {
        Time = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
        Turn = turn,
        Direction = "input",
        Outcome = "allowed",
        Action = "allow",
        PolicyName = "standard",
        PolicyVersion = 1,
        PolicySha256 = "00",
        TextHmac = "11",
        KeyId = "22",
        TextLength = 3,
    };
}
