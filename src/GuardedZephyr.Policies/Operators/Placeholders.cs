using System.Globalization;
using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>What placeholders of a policy's pseudonyms look like: <c>&lt;CATEGORY_n&gt;</c>.</summary>
/// <param name="categories">Those that some enforced rule pseudonymises.</param>
internal sealed class Placeholders(IReadOnlyCollection<string> categories)
{
    /// <summary>A request with ten million distinct values is out of reach; a longer number is no placeholder.</summary>
    private const int MaxDigits = 7;

    /// <summary>In characters; 0 when the policy has none. The gate never cuts within this length of a <c>&lt;</c> that starts one.</summary>
    public int Longest { get; } = categories.Count == 0 ? 0 : categories.Max(category => category.Length) + MaxDigits + "<_>".Length;

    public static string Of(string category, int number) => string.Create(CultureInfo.InvariantCulture, $"<{category}_{number}>");

    /// <summary>
    /// Puts a space into everything that looks like a placeholder, in any case and however it is disguised, so that text of a request
    /// cannot pass for one that the guard made.
    /// </summary>
    /// <returns>The same instance when there is nothing to break.</returns>
    public string Break(string text)
    {
        if (categories.Count == 0 || text.Length == 0)
        {
            return text;
        }

        var guarded = GuardText.From(text);
        var surface = guarded.Surface.AsSpan();
        StringBuilder? broken = null;
        var position = 0;
        for (var index = surface.IndexOf('<'); index >= 0; index = Next(surface, index))
        {
            if (StartsPlaceholder(surface[index..]))
            {
                var (start, length) = guarded.OriginalSpan(index, 1);
                (broken ??= new StringBuilder(text.Length + 1)).Append(text, position, start + length - position).Append(' ');
                position = start + length;
            }
        }

        return broken?.Append(text, position, text.Length - position).ToString() ?? text;
    }

    private static int Next(ReadOnlySpan<char> surface, int index)
    {
        var step = surface[(index + 1)..].IndexOf('<');
        return step < 0 ? -1 : index + 1 + step;
    }

    private bool StartsPlaceholder(ReadOnlySpan<char> text)
    {
        foreach (var category in categories)
        {
            if (text.Length > category.Length + 2 && text[1..].StartsWith(category, StringComparison.OrdinalIgnoreCase) && text[category.Length + 1] == '_')
            {
                var rest = text[(category.Length + 2)..];
                var digits = rest.IndexOfAnyExceptInRange('0', '9');
                if (digits > 0 && rest[digits] == '>')
                {
                    return true;
                }
            }
        }

        return false;
    }
}
