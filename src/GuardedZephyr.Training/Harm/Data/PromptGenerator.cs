namespace GuardedZephyr.Training.Harm;

/// <summary>Generates texts from the grammar. About a tenth of the templates is held out, with everything they generate.</summary>
internal sealed class PromptGenerator(Grammar grammar, IReadOnlyList<string> labels, NeutralText neutral)
{
    private const int HeldOutOneIn = 10;

    public IEnumerable<Example> Generate(Random random)
    {
        foreach (var family in grammar.Families)
        {
            var mapped = Labels(family);
            var any = mapped.Contains((sbyte)1) ? (sbyte)1 : family.Labels.GetValueOrDefault("all", Example.Silent);
            var seen = new HashSet<string>();
            for (var i = 0; i < family.Count; i++)
            {
                var template = random.Next(family.Templates.Count);
                var text = Noise(grammar.Fill(family.Templates[template], neutral, random), random);
                if (seen.Add(text))
                {
                    var held = template % HeldOutOneIn == HeldOutOneIn - 1;
                    yield return new Example(text, (held ? "held-out templates: " : "generated: ") + family.Name, mapped, any, 1, held, PromptKind.Familiar);
                }
            }
        }
    }

    private sbyte[] Labels(GrammarFamily family)
    {
        var mapped = new sbyte[labels.Count];
        Array.Fill(mapped, family.Labels.GetValueOrDefault("all", Example.Silent));
        foreach (var (index, name) in labels.Index())
        {
            mapped[index] = family.Labels.GetValueOrDefault(name, mapped[index]);
        }

        return mapped;
    }

    /// <summary>People type with and without capitals and full stops.</summary>
    private static string Noise(string text, Random random) => random.Next(10) switch
    {
        0 or 1 => text.ToLowerInvariant(),
        2 => text.TrimEnd('.', '?', '!'),
        3 => text.ToLowerInvariant().TrimEnd('.', '?', '!'),
        _ => char.ToUpperInvariant(text[0]) + text[1..],
    };
}
