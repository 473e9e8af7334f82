namespace GuardedZephyr.Bench;

/// <summary>A set with marks, and what is to be known about them.</summary>
internal sealed record LabelledSet(string Name, string Note, Func<DataRow, Sample?> Read)
{
    public static readonly IReadOnlyList<LabelledSet> All =
    [
        new("presidio_generated_large", "made sentences from templates; every span is marked, but a title and a name are two spans of one person", SpanReader.Presidio),
        new("ambientmeta_pii", "marks some kinds only and not each occurrence of these: what is found beyond its marks counts as a false alarm here and often is none, so its precision is a lower bound", SpanReader.AmbientMeta),
        new("recognizers_text_sequence", "each row asks for one kind alone; positions are looked up by the value", RecognizersTextReader.Read),
        new("decodingtrust_private_conversations", "values are what stands behind `NAME's KIND is`; names in front of them are not marked", ConversationReader.Read),
        new("detect_secrets_tests", "says of a whole text whether a plugin should flag it; any finding of the kind will do. `ip_public` wants public addresses alone, private ones are found on purpose", SecretTestReader.Read),
    ];
}
