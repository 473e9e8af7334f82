using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>Hides a value and leaves its shape: letters and digits become <c>*</c>, what stands between them stays.</summary>
internal static class Mask
{
    /// <param name="keepLast">Letters and digits at the end that stay. A value that has no more of them is hidden whole: a mask always hides something.</param>
    public static string Of(string value, int keepLast)
    {
        var hidden = value.EnumerateRunes().Count(Rune.IsLetterOrDigit);
        if (hidden == 0)
        {
            return new string('*', value.Length);
        }

        hidden -= hidden > keepLast ? keepLast : 0;
        var masked = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) && hidden > 0)
            {
                masked.Append('*');
                hidden--;
            }
            else
            {
                masked.Append(rune.ToString());
            }
        }

        return masked.ToString();
    }
}
