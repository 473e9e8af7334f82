namespace GuardedZephyr.Evaluation;

/// <summary>What a set was used for, which says how much its figures are worth.</summary>
internal static class SetUse
{
    public const string Train = "train";
    public const string Calibrate = "calibrate";

    /// <summary>Rows of training sets, kept from the weights.</summary>
    public const string Development = "development";

    public const string HeldOut = "held-out";
    public const string DevOnly = "dev-only";
    public const string RedTeam = "redteam";

    /// <summary>A set that somebody brings.</summary>
    public const string Own = "own";

    /// <summary>No row of such a set, or of one made like it, was trained on.</summary>
    public static bool IsStranger(string use) => use is not (Train or Calibrate or Development);
}
