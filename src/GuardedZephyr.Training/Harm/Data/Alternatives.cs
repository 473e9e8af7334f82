using System.Text;

namespace GuardedZephyr.Training.Harm;

/// <summary>Unfolds <c>{a|b|c}</c>, nested ones too, to one of its alternatives.</summary>
internal static class Alternatives
{
    public static string Draw(string line, Random random)
    {
        var position = 0;
        var text = Draw(line, ref position, random, nested: false);
        return string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Replace(" ?", "?", StringComparison.Ordinal).Replace(" .", ".", StringComparison.Ordinal).Replace(" ,", ",", StringComparison.Ordinal);
    }

    private static string Draw(string line, ref int position, Random random, bool nested)
    {
        List<StringBuilder> choices = [new()];
        for (; position < line.Length; position++)
        {
            switch (line[position])
            {
                case '{':
                    position++;
                    choices[^1].Append(Draw(line, ref position, random, nested: true));
                    break;
                case '|' when nested:
                    choices.Add(new());
                    break;
                case '}' when nested:
                    return choices[random.Next(choices.Count)].ToString();
                default:
                    choices[^1].Append(line[position]);
                    break;
            }
        }

        return choices[random.Next(choices.Count)].ToString();
    }
}
