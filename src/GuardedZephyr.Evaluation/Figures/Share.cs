namespace GuardedZephyr.Evaluation;

internal static class Share
{
    /// <returns>From 0 to 1; null of nothing.</returns>
    public static double? Of(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
