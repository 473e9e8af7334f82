using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

internal static class SomeRules
{
    private static readonly Gen<RuleAction> Action = Gen.OneOf(Enum.GetValues<RuleAction>().Where(action => action.ChangesText()).ToArray());

    /// <summary>Up to six rules that change text, on any of the entities, in any direction and from any score on.</summary>
    public static Gen<Rule[]> OfEveryAction(params string[] entities) =>
        Gen.Select(Action, Gen.OneOf(entities).Array[1, 3], Gen.OneOf(Enum.GetValues<Direction>()).Array[1, 3], Gen.Int[0, 8], Gen.OneOf(0, 0.5, 0.9)).Array[1, 6]
            .Select(drawn => drawn.Select((rule, index) => Some.Rule($"{index}", rule.Item1, rule.Item2) with
            {
                On = [.. rule.Item3],
                KeepLast = rule.Item1 == RuleAction.Mask ? rule.Item4 : 0,
                MinScore = rule.Item5,
            }).ToArray());
}
