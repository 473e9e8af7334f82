namespace GuardedZephyr.Policies;

/// <summary>How much the start of a pattern says: what is rare there spares a filter the rest.</summary>
internal static class PatternHead
{
    /// <summary>What may be repeated more often than this is followed without counting.</summary>
    public const int CountedOptions = 4;

    /// <summary>How rare what was read must be, in bits, for the rest not to matter: a letter is seven of them, one of ten digits less than four.</summary>
    private const double Enough = 20;

    /// <summary>So much at the start makes a pattern one that is led by a word or a number.</summary>
    private const double Lead = 15;

    /// <summary>Cuts a pattern where it has already said enough: a filter need not follow a long name behind "Dear Mr.".</summary>
    /// <returns>What every match starts with; the pattern itself where that says too little.</returns>
    public static PatternNode Of(PatternNode pattern) => Cut(pattern, 0).Head;

    /// <summary>
    /// Whether a match starts with something rare, and not with any word. Patterns of either sort go well together in one automaton; mixed, each
    /// place in the words of the one would have to be told apart for each place in those of the other.
    /// </summary>
    public static bool IsLed(PatternNode pattern) => Bits(pattern, out var loops) >= Lead || !loops;

    private static (PatternNode Head, double Bits, bool IsCut) Cut(PatternNode node, double bits)
    {
        if (node is PatternNode.Value { Part: var value })
        {
            return Cut(value, bits);
        }

        if (node is not PatternNode.Sequence { Parts: var parts })
        {
            return (node, bits + Bits(node), false);
        }

        var head = new List<PatternNode>();
        foreach (var part in parts)
        {
            if (bits >= Enough && Loops(part) && part is PatternNode.Repeat repeat)
            {
                head.Add(repeat with { Most = repeat.Least });
                return (new PatternNode.Sequence(head), bits, true);
            }

            (var cut, bits, var isCut) = Cut(part, bits);
            head.Add(cut);
            if (isCut)
            {
                return (new PatternNode.Sequence(head), bits, true);
            }
        }

        return (node, bits, false);
    }

    private static bool Loops(PatternNode node) => node is PatternNode.Repeat repeat && repeat.Most - repeat.Least > CountedOptions;

    /// <summary>Of the likeliest match.</summary>
    private static double Bits(PatternNode node) => node switch
    {
        PatternNode.One { Set: var set } => 7 - Math.Log2(Math.Max(1, set.AsciiCount)),
        PatternNode.Sequence { Parts: var parts } => parts.Sum(Bits),
        PatternNode.Choice { Options: var options } => options.Min(Bits),
        PatternNode.Repeat repeat => repeat.Least * Bits(repeat.Part),
        PatternNode.Value { Part: var part } => Bits(part),
        _ => 0,
    };

    /// <summary>Of the likeliest match, as far as the first loop.</summary>
    private static double Bits(PatternNode node, out bool loops)
    {
        var bits = 0d;
        loops = false;
        switch (node)
        {
            case PatternNode.Sequence { Parts: var parts }:
                for (var i = 0; i < parts.Count && !loops; i++)
                {
                    bits += Bits(parts[i], out loops);
                }

                return bits;
            case PatternNode.Value { Part: var part }:
                return Bits(part, out loops);
            case PatternNode.Choice { Options: var options }:
                bits = double.MaxValue;
                foreach (var option in options)
                {
                    bits = Math.Min(bits, Bits(option, out var loopsHere));
                    loops |= loopsHere;
                }

                return bits;
            case PatternNode.Repeat repeat:
                bits = Bits(repeat.Part, out loops);
                loops |= Loops(repeat);
                return loops ? 0 : repeat.Least * bits;
            default:
                return Bits(node);
        }
    }
}
