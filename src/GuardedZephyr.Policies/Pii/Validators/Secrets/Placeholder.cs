using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>What stands where a secret will stand: a variable, a template, a call, a path, a word that says so, one character repeated.</summary>
internal static class Placeholder
{
    private const int Repeats = 4;

    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "changeme", "change-me", "change_me", "changeit", "example", "placeholder", "redacted", "replace", "insert", "your", "dummy", "fake", "sample", "todo",
            "secret_here", "key_here", "key-here", "password_here", "not_a_", "notapassword",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Code = SearchValues.Create(
        ["environ", "getenv", "process.env", "env.", "config.", "settings.", "secrets.", "self.", "this.", "System.", "://", "()"],
        StringComparison.OrdinalIgnoreCase);

    public static bool Is(ReadOnlySpan<char> value) =>
        value.IsEmpty
        || value[0] is '$' or '<' or '{' or '%' or '[' or '/' or '~' or '\\'
        || value.StartsWith("./")
        || value.Contains("${", StringComparison.Ordinal)
        || value.Contains("{{", StringComparison.Ordinal)
        || value.ContainsAny(Words)
        || value.ContainsAny(Code)
        || RepeatsOneCharacter(value);

    /// <summary>xxxx, ****, 0000: in a random text of 40 characters over 64 once in 7,000.</summary>
    private static bool RepeatsOneCharacter(ReadOnlySpan<char> value)
    {
        var run = 1;
        for (var i = 1; i < value.Length; i++)
        {
            run = value[i] == value[i - 1] ? run + 1 : 1;
            if (run == Repeats)
            {
                return true;
            }
        }

        return false;
    }
}
