namespace GuardedZephyr.Training.Harm;

/// <summary>Makes texts of topics and frames. About a twelfth of each topic's lines is held out, with everything that they give.</summary>
internal sealed class TopicGenerator(IReadOnlyList<Topic> topics, Frames frames, IReadOnlyList<string> labels)
{
    private const int HeldOutOneIn = 12;
    private const double WrappedShare = 0.15;
    private const double AttackedShare = 0.06;

    /// <summary>Drawn so often from each line: a line with an act meets many frames.</summary>
    private const int TextsOfAnAct = 10;
    private const int TextsOfAText = 8;
    private const int TextsOfAClaim = 8;

    /// <param name="held">The held-out lines, or the others.</param>
    public IEnumerable<Example> Generate(Random random, bool held)
    {
        var attack = Labels(["prompt-attack"]);
        foreach (var topic in topics)
        {
            var harmful = Labels(topic.Labels);
            var harmless = Labels([]);
            foreach (var text in Acts(topic.Acts, frames.Requests, TextsOfAnAct))
            {
                yield return Make(text, topic, harmful);
            }

            foreach (var text in Acts(topic.Acts, frames.AboutHarm, TextsOfAnAct / 5))
            {
                yield return Make(text, topic, harmless);
            }

            foreach (var text in Acts(topic.HarmlessActs, frames.Requests, TextsOfAnAct))
            {
                yield return Make(text, topic, harmless);
            }

            foreach (var text in Claims(topic.Claims, frames.Assertions))
            {
                yield return Make(text, topic, harmful);
            }

            foreach (var text in Claims(topic.Claims, frames.AboutClaims).Concat(Claims(topic.TrueClaims, frames.AboutClaims)).Concat(Claims(topic.TrueClaims, frames.Assertions)))
            {
                yield return Make(text, topic, harmless);
            }

            foreach (var text in Texts(topic.Texts))
            {
                yield return Make(text, topic, harmful);
            }

            foreach (var text in Texts(topic.HarmlessTexts).Concat(Texts(topic.HarmlessReplies)))
            {
                yield return Make(text, topic, harmless);
            }
        }

        IEnumerable<string> Lines(IEnumerable<string> lines) => lines.Where((_, i) => (i % HeldOutOneIn == HeldOutOneIn - 1) == held);

        IEnumerable<string> Acts(List<string> acts, List<string> around, int count) =>
            from line in Lines(acts)
            from _ in Enumerable.Range(0, Draws(line, count))
            let act = Alternatives.Draw(line, random)
            select Alternatives.Draw(Pick(around).Replace("{act}", act, StringComparison.Ordinal).Replace("{gerund}", Gerund.Of(act), StringComparison.Ordinal), random);

        IEnumerable<string> Claims(List<string> claims, List<string> around) =>
            from line in Lines(claims)
            from _ in Enumerable.Range(0, Draws(line, TextsOfAClaim))
            select Alternatives.Draw(Pick(around).Replace("{claim}", Alternatives.Draw(line, random), StringComparison.Ordinal), random);

        IEnumerable<string> Texts(List<string> texts) =>
            from line in Lines(texts)
            from _ in Enumerable.Range(0, line.Contains('|', StringComparison.Ordinal) ? Draws(line, TextsOfAText) : 1)
            select Alternatives.Draw(line, random);

        // A line of many alternatives says many things.
        static int Draws(string line, int count) => count * (1 + (line.Count(c => c == '|') / 10));

        Example Make(string text, Topic topic, sbyte[] mapped)
        {
            if (random.NextDouble() < WrappedShare)
            {
                text = Alternatives.Draw(Pick(frames.Wrappers).Replace("{text}", text, StringComparison.Ordinal), random);
            }
            else if (random.NextDouble() < AttackedShare)
            {
                text = Alternatives.Draw(Pick(frames.Attacks).Replace("{text}", text, StringComparison.Ordinal), random);
                mapped = [.. mapped.Zip(attack, (mine, ofAttack) => Math.Max(mine, ofAttack))];
            }

            return new Example(Capitals(text), (held ? "held-out lines: " : "topics: ") + topic.Name, mapped, mapped.Max(), 1, held, mapped.Max() == 0 ? PromptKind.Familiar : PromptKind.None);
        }

        string Pick(List<string> lines) => lines[random.Next(lines.Count)];

        string Capitals(string text) => random.Next(3) == 0 || text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private sbyte[] Labels(IReadOnlyList<string> harmful)
    {
        foreach (var name in harmful.Where(name => !labels.Contains(name)))
        {
            throw new InvalidDataException($"Topics: '{name}' is not a label; labels are {string.Join(", ", labels)}.");
        }

        return [.. labels.Select(label => harmful.Contains(label) ? (sbyte)1 : (sbyte)0)];
    }
}
