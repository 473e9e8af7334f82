using System.Collections.Frozen;
using System.Text;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Values that a test does not care about.</summary>
internal static class Some
{
    public static Policy Policy(params Rule[] rules) => new()
    {
        Identity = new PolicyIdentity("some", 1, "00"),
        Responses = new Dictionary<string, string> { ["refusal"] = "No.", ["unjudged"] = "Unchecked.", ["crisis"] = "Help." },
        Rules = rules,
    };

    public static Rule Rule(string id, RuleAction action, params string[] categories) => new()
    {
        Id = id,
        Action = action,
        Categories = categories.ToFrozenSet(),
        Response = action == RuleAction.Respond ? "crisis" : null,
    };

    /// <summary>Operators of a request of its own. The hash is no hash, but shows what was given to it: 12 digits of its bytes.</summary>
    public static Operators Operators(Policy policy) => new(Digits, new Pseudonyms(policy));

    public static string Digits(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)).PadRight(64, '0');

    public static Finding Finding(string category, int start = 0, int length = 1, double score = 1) => new(category, start, length, score, "some");

    public static Recognizer Recognizer(string entity, string pattern, double score = 0.5, Validator? validator = null, params string[] context) => new()
    {
        Entity = entity,
        Patterns = [new RecognizerPattern("some", pattern, score, needsContext: false)],
        LongestMatch = PatternLength.Of(pattern).Max,
        Validator = validator,
        Context = new ContextWords(context),
    };
}
